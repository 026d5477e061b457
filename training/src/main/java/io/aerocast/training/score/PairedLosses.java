package io.aerocast.training.score;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Two forecasters of the same samples, compared over all horizons and stations at once.
///
/// An error e at horizon h counts as Huber's loss of e / s, where s is a scale of the errors at h that was
/// known before the samples: squared up to two scales, linear beyond, so that one bad hour decides nothing.
/// Losses are averaged over the stations of an origin, which share their weather. Horizon h weighs 1/h:
/// forecasts h steps ahead from neighbouring origins overlap, so that n of them carry the information of about
/// n/h.
///
/// @param horizons shape [horizons], steps ahead, ascending
/// @param differences shape [origins][horizons], oldest origin first: the rival's loss minus the challenger's,
///     positive where the challenger is better; `NaN` where no target was observed
public record PairedLosses(int[] horizons, double[][] differences) {

    /// Errors beyond this many scales count linearly.
    private static final double LINEAR = 2;

    /// Scale of the differences in an [EValue]: they are clipped beyond it.
    public static final double EVALUE_SCALE = 2;

    /// Compares two forecasters.
    ///
    /// @param rival of the same samples as the challenger
    /// @param scale shape [horizons], mean squared errors that were known before the samples
    public static PairedLosses of(Forecasts challenger, Forecasts rival, double[] scale) {
        double[][] mine = challenger.lossesByHorizon(scale, PairedLosses::huber);
        double[][] theirs = rival.lossesByHorizon(scale, PairedLosses::huber);
        double[][] differences = new double[mine.length][];
        for (int t = 0; t < mine.length; t++) {
            double[] losses = mine[t];
            double[] others = theirs[t];
            differences[t] = IntStream.range(0, losses.length)
                    .mapToDouble(h -> others[h] - losses[h])
                    .toArray();
        }
        int[] horizons = challenger.pipeline().horizons().stream()
                .mapToInt(Integer::intValue)
                .toArray();
        return new PairedLosses(horizons, differences);
    }

    /// The weighted root mean squared error of a forecaster over that of a rival, over all horizons, in units
    /// of a scale; below 1 if the forecaster is better.
    ///
    /// @param scale shape [horizons], mean squared errors
    public static double ratio(Forecasts forecaster, Forecasts rival, double[] scale) {
        return Math.sqrt(meanSquare(forecaster, scale) / meanSquare(rival, scale));
    }

    private static double meanSquare(Forecasts forecasts, double[] scale) {
        double sum = 0;
        for (int h = 0; h < scale.length; h++) {
            double rmse = forecasts.accuracy(h).rmse();
            sum += Double.isNaN(rmse)
                    ? 0
                    : rmse * rmse / scale[h] / forecasts.pipeline().horizons().get(h);
        }
        return sum;
    }

    /// The differences as one series: their weighted mean over the horizons, where a target that was not
    /// observed counts as no difference.
    ///
    /// @return shape [origins]
    public double[] pooled() {
        return pooled(0, horizons.length);
    }

    /// The same for some of the horizons.
    ///
    /// @param from first index of a horizon
    /// @param to last index, exclusive
    public double[] pooled(int from, int to) {
        double total = IntStream.range(from, to).mapToDouble(this::weight).sum();
        return Arrays.stream(differences)
                .mapToDouble(at -> IntStream.range(from, to)
                                .filter(h -> !Double.isNaN(at[h]))
                                .mapToDouble(h -> weight(h) * at[h])
                                .sum()
                        / total)
                .toArray();
    }

    /// The comparison seen from the other side.
    public PairedLosses reversed() {
        double[][] negated = Arrays.stream(differences)
                .map(at -> Arrays.stream(at).map(value -> -value).toArray())
                .toArray(double[][]::new);
        return new PairedLosses(horizons, negated);
    }

    double weight(int h) {
        return 1.0 / horizons[h];
    }

    /// @param square of an error, in units of the scale's
    private static double huber(double square) {
        return square <= LINEAR * LINEAR ? square : LINEAR * (2 * Math.sqrt(square) - LINEAR);
    }
}
