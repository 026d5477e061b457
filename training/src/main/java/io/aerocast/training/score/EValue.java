package io.aerocast.training.score;

import java.util.Arrays;

/// Anytime-valid evidence that one forecaster is more accurate than another (Choe and Ramdas 2021, arXiv
/// 2110.00115): the wealth of a gambler who bets on the challenger, one loss difference after the other,
///
/// > E = Π (1 + λ_t d_t), d_t = (loss difference / scale) clipped to [−1, 1],
///
/// where the stake λ_t in [0, ½] is chosen from earlier differences alone (their mean over their mean square:
/// aGRAPA of Waudby-Smith and Ramdas 2024). If the challenger is no better, the probability that E ever exceeds
/// 20 is at most 1/20 (Ville's inequality), for any distribution of the errors. This holds per game, and for
/// the clipped differences: rare large losses count as 1. Forecasts h > 1 steps ahead overlap, and a difference
/// is known h steps late: then E is the mean of h such games, each on every h-th difference.
///
/// @param value E; 1 at the start
/// @param n number of loss differences
public record EValue(double value, int n) {

    private static final double LARGEST_STAKE = 0.5;

    /// Prior of the sum of squares, equivalent to one observation before the first difference.
    private static final double PRIOR_SQUARE = 0.25;

    /// Computes the e-value of a series of loss differences.
    ///
    /// @param differences shape [n], oldest first: the champion's squared error minus the challenger's
    /// @param horizon steps ahead of the forecasts, at least 1
    /// @param scale differences are divided by it; fixed before the first difference was known, above 0
    public static EValue of(double[] differences, int horizon, double scale) {
        if (!(scale > 0)) {
            throw new IllegalArgumentException("The scale of an e-value must be above 0, found %s".formatted(scale));
        }
        int games = Math.max(1, Math.min(horizon, differences.length));
        double sum = 0;
        for (int game = 0; game < games; game++) {
            sum += wealth(differences, game, games, scale);
        }
        return new EValue(sum / games, differences.length);
    }

    /// Computes the e-value of differences at several horizons: the mean of the e-values of the horizons, in
    /// which horizon h weighs 1/h as in [PairedLosses]. A mean of e-values is an e-value, whatever their
    /// dependence.
    ///
    /// @param scale differences are divided by it; fixed before the first difference was known, above 0
    public static EValue of(PairedLosses losses, double scale) {
        double sum = 0;
        double weights = 0;
        for (int h = 0; h < losses.horizons().length; h++) {
            int index = h;
            double[] differences = Arrays.stream(losses.differences())
                    .mapToDouble(at -> Double.isNaN(at[index]) ? 0 : at[index]) // a bet that is called off
                    .toArray();
            sum += losses.weight(h) * of(differences, losses.horizons()[h], scale).value;
            weights += losses.weight(h);
        }
        return new EValue(sum / weights, losses.differences().length);
    }

    private static double wealth(double[] differences, int first, int step, double scale) {
        double wealth = 1;
        double total = 0;
        double squares = PRIOR_SQUARE;
        for (int t = first; t < differences.length; t += step) {
            double stake = Math.clamp(total / squares, 0, LARGEST_STAKE);
            double d = Math.clamp(differences[t] / scale, -1, 1);
            wealth *= 1 + stake * d;
            total += d;
            squares += d * d;
        }
        return wealth;
    }
}
