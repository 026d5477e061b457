package io.aerocast.standalone.driftbench;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.backtest.BacktestProgress;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.dataset.SampleCutter;
import io.aerocast.training.fit.FitSettings;
import io.aerocast.training.fit.Fitter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The models of all targets, fitted on the first part of the readings.
///
/// @param grid the readings, of a pipeline with the targets that could be fitted
/// @param models by the name of the feature that they forecast
/// @param from the first slot that they have not seen
record Served(ReadingGrid grid, Map<String, List<ForecastModel>> models, int from) {

    private static final double VALIDATION = 0.15;
    private static final int LEAST_SAMPLES = 500;

    /// @param share part of the slots to fit on
    static Served fit(
            ReadingGrid grid, double share, List<Fitter> fitters, int maximumSamples, BacktestProgress progress) {
        int from = (int) (grid.slots() * share);
        Map<String, List<ForecastModel>> models = new LinkedHashMap<>();
        List<Pipeline> views = grid.pipeline().views();
        for (Pipeline view : views) {
            SampleCutter cutter = new SampleCutter(view);
            grid.observations(0, from).forEach(cutter::add);
            List<Sample> samples = cutter.samples(maximumSamples);
            if (suffice(samples, view.horizons().size())) {
                models.put(view.target().name(), fit(view, samples, grid, from, fitters, progress));
            }
        }
        if (!models.containsKey(grid.pipeline().target().name())) {
            throw new IllegalArgumentException(
                    "expected at least %d windows of the %s in the first %.0f %% of the time, found too few in %d grid times"
                            .formatted(LEAST_SAMPLES, grid.pipeline().target().name(), 100 * share, from));
        }
        return new Served(
                grid.forTargets(List.copyOf(models.keySet())),
                models,
                from + grid.pipeline().horizons().getLast());
    }

    private static boolean suffice(List<Sample> samples, int horizons) {
        return IntStream.range(0, horizons)
                .allMatch(h -> samples.stream()
                                .filter(sample -> !Double.isNaN(sample.targets()[h]))
                                .count()
                        >= LEAST_SAMPLES);
    }

    private static List<ForecastModel> fit(
            Pipeline view,
            List<Sample> samples,
            ReadingGrid grid,
            int from,
            List<Fitter> fitters,
            BacktestProgress progress) {
        int split = (int) (samples.size() * (1 - VALIDATION));
        Dataset train =
                Dataset.of(view, samples.subList(0, split - view.horizons().getLast()));
        Dataset validation = Dataset.of(view, samples.subList(split, samples.size()));
        List<ForecastModel> models = new ArrayList<>();
        for (Fitter fitter : fitters) {
            String title = "fitting the %s for the %s"
                    .formatted(fitter.kind(), view.target().name());
            FitSettings card = new FitSettings("first", grid.time(from), "drift-bench", null);
            models.add(fitter.fit(
                    train, validation, card, (epoch, epochs, _, _) -> progress.at(title, (double) epoch / epochs)));
        }
        return models;
    }
}
