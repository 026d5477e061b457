package io.aerocast.training.fit;

import io.aerocast.forecast.AnomalyTerms;
import io.aerocast.forecast.FourierBasis;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.Trend;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Season;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The terms of a seasonal model that depend on the length of its data. It is derived once, from the training data,
/// so that the calibrated model and the serving model have the same terms.
///
/// @param basis of the seasons of which the data hold a full cycle or the climatology knows the target's
/// @param trend piecewise linear trend, or `null` where the data are too short for one
/// @param terms of the autoregression. They have the level of the anomaly where the data and the climatology tell
///     the weather from the season: with a trend, or with a season that the climatology knows
/// @param span time from the first origin to the last
record SeasonalStructure(FourierBasis basis, @Nullable Trend trend, AnomalyTerms terms, Duration span) {

    /// Lags of the other features. On the training part of JFK, LGA, EWR and two typical years, these were as
    /// accurate as all 24.
    private static final List<Integer> LAGS = List.of(0, 1, 2, 3, 6, 12, 23);

    /// Waves that modulate the newest anomalies: two harmonics, since the weights depend on the hour of the day.
    private static final int MODULATIONS = 4;

    /// @throws IllegalArgumentException if the samples have no times
    static SeasonalStructure of(Dataset data) {
        Pipeline pipeline = data.pipeline();
        Instant first = origin(data.samples().getFirst());
        Duration span = Duration.between(first, newest(data));
        FourierBasis basis = basis(pipeline, span);
        boolean separable = separable(pipeline, span);
        Trend trend = separable ? new Trend(first, span, changepoints(pipeline, span)) : null;
        boolean level = separable
                || pipeline.seasons().stream()
                        .anyMatch(season ->
                                AnnualCycle.of(pipeline.target(), season).isPresent());
        return new SeasonalStructure(basis, trend, terms(pipeline, basis, level), span);
    }

    private static FourierBasis basis(Pipeline pipeline, Duration span) {
        return new FourierBasis(pipeline.seasons().stream()
                .filter(season -> season.period().compareTo(span) <= 0
                        || AnnualCycle.of(pipeline.target(), season).isPresent())
                .toList());
    }

    /// Whether the data separate the seasonal mean from the weather of one year: they span two cycles of every
    /// season, and one season is longer than a lookback.
    private static boolean separable(Pipeline pipeline, Duration span) {
        Optional<Duration> longest =
                pipeline.seasons().stream().map(Season::period).max(Comparator.naturalOrder());
        return longest.filter(period -> period.compareTo(lookback(pipeline)) > 0
                        && period.multipliedBy(2).compareTo(span) <= 0)
                .isPresent();
    }

    /// One changepoint for each cycle of the longest season.
    private static int changepoints(Pipeline pipeline, Duration span) {
        return pipeline.seasons().stream()
                .mapToInt(season -> (int) (span.toMillis() / season.period().toMillis()))
                .min()
                .orElse(0);
    }

    private static AnomalyTerms terms(Pipeline pipeline, FourierBasis basis, boolean level) {
        int rows = pipeline.lookback();
        List<Season> waves = basis.seasons().stream()
                .filter(season -> season.period().compareTo(lookback(pipeline)) <= 0)
                .toList();
        FourierBasis cycles = new FourierBasis(waves);
        return new AnomalyTerms(
                pipeline.cadence(),
                cycles,
                rows - 1,
                level,
                LAGS.stream().filter(lag -> lag < rows).toList(),
                pipeline.features().size(),
                Math.min(MODULATIONS, cycles.size() - 1));
    }

    private static Duration lookback(Pipeline pipeline) {
        return pipeline.cadence().multipliedBy(pipeline.lookback());
    }

    static Instant newest(Dataset data) {
        return data.samples().stream()
                .map(SeasonalStructure::origin)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    static Instant origin(Sample sample) {
        Lookback lookback = sample.lookback();
        if (lookback.origin() == null) {
            throw new IllegalArgumentException(
                    "Cannot fit a seasonal model on samples without times: a seasonal mean depends on them");
        }
        return lookback.origin();
    }
}
