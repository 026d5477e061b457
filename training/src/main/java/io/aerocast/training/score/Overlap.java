package io.aerocast.training.score;

import java.util.List;

/// The overlap of forecasts. Forecasts from neighbouring origins share most of the time that they look ahead,
/// and so do the forecasts at different horizons from one origin: of n origins, about n / overlap count.
public final class Overlap {

    private Overlap() {}

    /// The variance of a mean over horizons and n origins, over that of n independent values. The correlation
    /// of two forecasts h and g steps ahead is the time that both look ahead over √(h·g), as for a random
    /// walk; whether their errors are large correlates by about its square.
    ///
    /// @param horizons steps ahead, at least one
    /// @return 1 for horizon 1 alone, 6.6 for the horizons 1 to 24
    public static double of(List<Integer> horizons) {
        double sum = 0;
        for (int h : horizons) {
            for (int g : horizons) {
                sum += squaredCorrelations(h, g);
            }
        }
        return sum / horizons.size() / horizons.size();
    }

    private static double squaredCorrelations(int h, int g) {
        double sum = 0;
        for (int lag = -g; lag <= h; lag++) {
            double shared = Math.max(0, Math.min(h, lag + g) - Math.max(0, lag));
            sum += shared * shared / h / g;
        }
        return sum;
    }
}
