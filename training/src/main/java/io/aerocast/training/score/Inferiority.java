package io.aerocast.training.score;

/// How sure it is that a forecaster is worse than a rival: over all horizons, or over one third of them, which
/// a mean over all would hide.
///
/// @param ratio the forecaster's error over the rival's, see [PairedLosses#ratio]
/// @param origins number of origins
/// @param pValue probability of such a lead of the rival by chance, corrected for the number of tests
///     (Bonferroni)
/// @param from first horizon of the strongest evidence, in steps
/// @param to last horizon of it
public record Inferiority(double ratio, int origins, double pValue, int from, int to) {

    private static final int BANDS = 3;

    /// Compares a forecaster with a rival of the same samples.
    ///
    /// @param scale shape [horizons], mean squared errors that were known before the samples
    public static Inferiority of(Forecasts forecaster, Forecasts rival, double[] scale) {
        PairedLosses reversed = PairedLosses.of(rival, forecaster, scale);
        int horizons = scale.length;
        int bands = Math.min(BANDS, horizons);
        double smallest = pValue(reversed, 0, horizons);
        int from = 0;
        int to = horizons;
        for (int band = 0; band < bands && bands > 1; band++) {
            int first = band * horizons / bands;
            int end = (band + 1) * horizons / bands;
            double found = pValue(reversed, first, end);
            if (found < smallest) {
                smallest = found;
                from = first;
                to = end;
            }
        }
        int tests = bands > 1 ? bands + 1 : 1;
        return new Inferiority(
                PairedLosses.ratio(forecaster, rival, scale),
                reversed.differences().length,
                Math.min(1, tests * smallest),
                reversed.horizons()[from],
                reversed.horizons()[to - 1]);
    }

    private static double pValue(PairedLosses losses, int from, int to) {
        double[] pooled = losses.pooled(from, to);
        return pooled.length < 2 ? 1 : DieboldMariano.smoothed(pooled).pValue();
    }

    /// Skill against the rival over all horizons: 1 − [#ratio]².
    public double skill() {
        return 1 - ratio * ratio;
    }
}
