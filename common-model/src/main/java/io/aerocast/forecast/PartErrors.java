package io.aerocast.forecast;

/// The errors of all parts of a blend at one horizon, as second moments about zero, since one of the parts began to
/// forecast. Older errors are forgotten exponentially.
///
/// Until errors have come true, an assumption takes their place: the errors of the validation in the cards, with
/// correlations of [#CORRELATION]. It is forgotten at the same pace.
///
/// Errors h steps ahead are dependent over about h steps, because their forecasts miss the same weather: n of them
/// are worth n / h independent ones. So the assumption counts like h times as many observed values at horizon h, and
/// the half-life grows with the horizon.
final class PartErrors {

    /// Steps after which an error counts half, at a horizon of no steps.
    static final int HALF_LIFE = 360;

    /// By which the half-life grows for each step of the horizon.
    static final int HALF_LIFE_PER_STEP = 15;

    /// Independent errors that outweigh the assumption.
    static final double PRIOR = 24;

    /// Assumed correlation of the errors of two parts: with the same past before them, forecasts err alike.
    static final double CORRELATION = 0.9;

    private static final double SMALLEST = 1e-12;

    private final double[][] sums;
    private final double assumedSquare;
    private final double assumedCount;
    private final double kept;
    private double count;
    private double prior;

    /// @param parts number of parts, persistence included
    /// @param horizon steps
    /// @param persistenceSquare mean squared error of persistence on the validation data, in the square of the
    ///     target's unit; 0 where it is unknown
    PartErrors(int parts, int horizon, double persistenceSquare) {
        this.sums = new double[parts][parts];
        this.assumedSquare = persistenceSquare;
        this.assumedCount = PRIOR * horizon;
        this.kept = StrictMath.pow(0.5, 1.0 / (HALF_LIFE + HALF_LIFE_PER_STEP * horizon));
        this.prior = assumedCount;
    }

    /// Adds the errors of the forecasts for one observed value.
    ///
    /// @param errors shape [parts], persistence last; all finite
    void add(double[] errors) {
        count = kept * count + 1;
        prior *= kept;
        for (int i = 0; i < errors.length; i++) {
            for (int j = 0; j < errors.length; j++) {
                sums[i][j] = kept * sums[i][j] + errors[i] * errors[j];
            }
        }
    }

    /// How many observed values count, the forgotten share excluded.
    double count() {
        return count;
    }

    /// Mean squared error of a part in units of that of persistence.
    ///
    /// @param assumed the part's ratio of root mean squared errors to persistence on the validation data
    double relativeSquare(int part, double assumed) {
        double unit = prior * persistenceSquare();
        return (sums[part][part] + unit * assumed * assumed) / (persistenceSum() + unit);
    }

    /// Correlation of the errors of two parts, about zero.
    ///
    /// @param assumedA as for [#relativeSquare]
    double correlation(int a, int b, double assumedA, double assumedB) {
        double unit = prior * persistenceSquare();
        double product = sums[a][b] + CORRELATION * unit * assumedA * assumedB;
        double squareA = sums[a][a] + unit * assumedA * assumedA;
        double squareB = sums[b][b] + unit * assumedB * assumedB;
        return product / Math.sqrt(squareA * squareB);
    }

    private double persistenceSum() {
        return sums[sums.length - 1][sums.length - 1];
    }

    /// At this station if it is known, because stations differ in how much their weather changes.
    private double persistenceSquare() {
        double square = (persistenceSum() + assumedCount * assumedSquare) / (count + assumedCount);
        return Math.max(square, SMALLEST);
    }
}
