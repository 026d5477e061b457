package io.aerocast.training.score;

/// Test whether one forecaster is more accurate than another, by the mean of their loss differences: Diebold
/// and Mariano (1995), one-sided. Two forms differ in the variance of the mean:
///
/// - [#test], for differences at one horizon: with the small-sample correction of Harvey, Leybourne and Newbold
///   (1997), equal to `dm.test` of the R package `forecast`. The variance is estimated from the autocovariances
///   below the horizon; where that is not positive, as for horizon 1. The autocovariances of all lags sum to
///   zero, so a test needs more differences than the horizon has steps.
/// - [#smoothed], for differences with any autocorrelation, as those of [PairedLosses#pooled]: the
///   equal-weighted cosine estimator of the long-run variance with its exact t distribution (Lazarus, Lewis,
///   Stock and Watson 2018; for comparisons of forecasts Coroneo and Iacone 2020).
///
/// @param statistic corrected statistic; positive if the challenger is more accurate
/// @param pValue probability of a statistic at least as large if both were equally accurate
/// @param n number of loss differences
public record DieboldMariano(double statistic, double pValue, int n) {

    /// Degrees of freedom of [#smoothed] over n^(2/3).
    private static final double TRANSFORMS = 0.7;

    /// Variance over squared mean below which differences count as equal.
    private static final double ROUNDING = 1e-20;

    /// Tests a series of loss differences.
    ///
    /// @param differences shape [n], oldest first: the champion's squared error minus the challenger's
    /// @param horizon steps ahead of the forecasts, at least 1
    /// @throws IllegalArgumentException for fewer than 2 differences
    public static DieboldMariano test(double[] differences, int horizon) {
        int n = requireTwo(differences);
        if (horizon >= n) {
            return new DieboldMariano(0, 1, n);
        }
        double mean = mean(differences);
        double variance = variance(differences, mean, horizon);
        if (!(variance > 0)) {
            return horizon > 1 ? test(differences, 1) : constant(mean, n);
        }
        double h = horizon;
        double correction = Math.sqrt((n + 1 - 2 * h + h * (h - 1) / n) / n);
        double statistic = mean / Math.sqrt(variance) * correction;
        return new DieboldMariano(statistic, upperTail(statistic, n - 1), n);
    }

    /// Tests a series of differences that may be autocorrelated in any way.
    ///
    /// The first ν cosine transforms Λ_j = √(2/n) Σ d_t cos(πj(t − ½)/n) are about independent, with
    /// the long-run variance Ω of the series. So √n·mean / √(ΣΛ_j²/ν) has Student's t distribution
    /// with ν = 0.7·n^(2/3) degrees of freedom. Lazarus et al. recommend 0.4·n^(2/3) for strong
    /// autocorrelation; that of pooled loss differences is
    /// weak, and the power of more transforms was measured to cost no size; see `docs/training.md`.
    ///
    /// @param differences shape [n], oldest first: the champion's loss minus the challenger's
    /// @throws IllegalArgumentException for fewer than 2 differences
    public static DieboldMariano smoothed(double[] differences) {
        int n = requireTwo(differences);
        double mean = mean(differences);
        if (autocovariance(differences, mean, 0) <= ROUNDING * mean * mean) {
            return constant(mean, n);
        }
        int freedom = Math.clamp((int) (TRANSFORMS * Math.cbrt((double) n * n)), 1, n - 1);
        double squares = 0;
        for (int j = 1; j <= freedom; j++) {
            double transform = cosine(differences, j);
            squares += transform * transform;
        }
        double statistic = mean * Math.sqrt(n) / Math.sqrt(squares / freedom);
        return new DieboldMariano(statistic, upperTail(statistic, freedom), n);
    }

    private static double cosine(double[] d, int j) {
        double sum = 0;
        for (int t = 0; t < d.length; t++) {
            sum += d[t] * Math.cos(Math.PI * j * (t + 0.5) / d.length);
        }
        return sum * Math.sqrt(2.0 / d.length);
    }

    private static int requireTwo(double[] differences) {
        if (differences.length < 2) {
            throw new IllegalArgumentException(
                    "A Diebold-Mariano test needs at least 2 forecasts, found " + differences.length);
        }
        return differences.length;
    }

    /// With equal differences the sign decides.
    private static DieboldMariano constant(double mean, int n) {
        return mean > 0
                ? new DieboldMariano(Double.POSITIVE_INFINITY, 0, n)
                : new DieboldMariano(mean < 0 ? Double.NEGATIVE_INFINITY : 0, 1, n);
    }

    /// Variance of the mean: autocovariances up to lag `horizon - 1`.
    private static double variance(double[] d, double mean, int horizon) {
        double sum = autocovariance(d, mean, 0);
        for (int lag = 1; lag < horizon; lag++) {
            sum += 2 * autocovariance(d, mean, lag);
        }
        return sum / d.length;
    }

    private static double autocovariance(double[] d, double mean, int lag) {
        double sum = 0;
        for (int t = lag; t < d.length; t++) {
            sum += (d[t] - mean) * (d[t - lag] - mean);
        }
        return sum / d.length;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /// P(T > t) of Student's t with whole degrees of freedom, by the finite series of Abramowitz and Stegun
    /// 26.7.3 and 26.7.4.
    public static double upperTail(double t, int freedom) {
        double theta = Math.atan(t / Math.sqrt(freedom));
        double cos = Math.cos(theta);
        boolean odd = freedom % 2 == 1;
        double term = odd ? cos : 1;
        double sum = freedom == 1 ? 0 : term;
        for (int k = odd ? 3 : 2; k < freedom; k += 2) {
            term *= cos * cos * (k - 1) / k;
            sum += term;
        }
        double sine = Math.sin(theta) * sum;
        double between = odd ? 2 / Math.PI * (theta + sine) : sine;
        return Math.max(0, (1 - between) / 2); // rounding
    }
}
