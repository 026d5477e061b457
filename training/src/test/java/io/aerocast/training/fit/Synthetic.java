package io.aerocast.training.fit;

import io.aerocast.forecast.Lookback;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Season;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// Synthetic series.
final class Synthetic {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final FitSettings SETTINGS = new FitSettings("v1", Instant.parse("2026-02-01T00:00:00Z"), "0.1.0", "abc");

    private Synthetic() {}

    /// One feature, hourly, with a day of 24 hours.
    static Pipeline pipeline(int lookback, Integer... horizons) {
        return new Pipeline(
                "small",
                List.of(new Feature("temperature", "°C", "temp", -60, 60)),
                Duration.ofHours(1),
                lookback,
                List.of(horizons),
                List.of(new Season(Duration.ofHours(24), 2), new Season(Duration.ofHours(8766), 1)));
    }

    /// A daily cycle and a deviation from it that decays by a tenth per hour.
    static double[] weather(int length) {
        Random random = new Random(11);
        double[] series = new double[length];
        double deviation = 0;
        for (int hour = 0; hour < length; hour++) {
            deviation = 0.9 * deviation + 0.3 * random.nextGaussian();
            series[hour] = 15 + 6 * Math.sin(2 * Math.PI * hour / 24) + deviation;
        }
        return series;
    }

    static double[] series(int length, IntToDoubleFunction value) {
        return IntStream.range(0, length).mapToDouble(value).toArray();
    }

    /// Every window from one hour to another, whose target may lie beyond; `NaN` after the end of the series.
    static Dataset dataset(Pipeline pipeline, double[] series, int from, int to) {
        List<Sample> samples = new ArrayList<>();
        for (int origin = from + pipeline.lookback() - 1; origin < to; origin++) {
            double[][] rows = new double[pipeline.lookback()][];
            for (int step = 0; step < rows.length; step++) {
                rows[step] = new double[] {series[origin - rows.length + 1 + step]};
            }
            double[] targets = new double[pipeline.horizons().size()];
            for (int h = 0; h < targets.length; h++) {
                int target = origin + pipeline.horizons().get(h);
                targets[h] = target < series.length ? series[target] : Double.NaN;
            }
            samples.add(new Sample(new Lookback(rows, hour(origin)), targets));
        }
        return dataset(pipeline, samples, hour(from), hour(to));
    }

    static Dataset dataset(Pipeline pipeline, List<Sample> samples, Instant from, Instant to) {
        return new Dataset(pipeline, samples, from, to, "00ff");
    }

    static double persistenceRmse(Dataset dataset) {
        return Math.sqrt(dataset.samples().stream()
                .mapToDouble(sample -> sample.targets()[0] - sample.lookback().persistence())
                .filter(change -> !Double.isNaN(change))
                .map(change -> change * change)
                .average()
                .orElseThrow());
    }

    static Instant hour(int hour) {
        return START.plus(Duration.ofHours(hour));
    }
}
