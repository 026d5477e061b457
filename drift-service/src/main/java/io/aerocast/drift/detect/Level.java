package io.aerocast.drift.detect;

/// The daily means of the readings: their usual level, and their level since errors have been suspicious.
///
/// @param usual daily means while calm, in the feature's unit
/// @param sum sum of the readings of the current day
/// @param count number of them
/// @param held mean of the daily means since the errors became suspicious, without the first
/// @param days number of daily means since then
record Level(Baseline usual, double sum, int count, double held, int days) {

    static final Level NONE = new Level(Baseline.NONE, 0, 0, 0, 0);

    /// @param perDay steps in a day
    /// @param memory in days
    /// @param averaged daily means in `held`, at most: older ones fade, so that a return of the level shows
    /// @param calm whether the errors are not suspicious
    Level next(double value, int perDay, double memory, int averaged, boolean calm) {
        double total = sum + value;
        Level next = calm && days > 0 ? new Level(usual, 0, 0, 0, 0) : this;
        if (count + 1 < perDay) {
            return new Level(next.usual, total, count + 1, next.held, next.days);
        }
        double mean = total / perDay;
        if (calm) {
            return new Level(usual.next(mean, memory), 0, 0, 0, 0);
        }
        double average = days == 0 ? 0 : held + (mean - held) / Math.min(days, averaged);
        return new Level(usual, 0, 0, average, days + 1);
    }

    /// How far the level has moved since the errors became suspicious, in standard deviations of the daily means; 0
    /// before `after` days.
    double moved(int after, double least) {
        return days <= after ? 0 : usual.score(held, least);
    }
}
