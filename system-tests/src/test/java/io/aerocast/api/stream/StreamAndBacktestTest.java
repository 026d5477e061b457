package io.aerocast.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.api.stream.Arrival.Current;
import io.aerocast.api.stream.Arrival.Ready;
import io.aerocast.event.Observation;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.forecast.Prediction;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Season;
import io.aerocast.training.backtest.Backtest;
import io.aerocast.training.backtest.BacktestProgress;
import io.aerocast.training.backtest.BacktestResult;
import io.aerocast.training.backtest.Step;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.SplitSettings;
import io.aerocast.training.fit.FitProgress;
import io.aerocast.training.fit.FitSettings;
import io.aerocast.training.fit.Fitter;
import io.aerocast.training.fit.SeasonalFitter;
import io.aerocast.training.fit.SeasonalSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The live stream and a backtest make the same forecasts from the same observations. The test lives here because
/// only this module sees both; it shares the package of the stream's classes.
class StreamAndBacktestTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int HOURS = 700;
    private static final Pipeline PIPELINE = new Pipeline(
            "small",
            List.of(new Feature("temperature", "°C", "temp", -60, 60)),
            Duration.ofHours(1),
            8,
            List.of(1, 3, 12),
            List.of(new Season(Duration.ofHours(24), 2)));

    /// Fits as usual and keeps the model.
    private static final class Keeping implements Fitter {

        private final Fitter fitter = new SeasonalFitter(SeasonalSettings.defaults());
        private final List<ForecastModel> models = new ArrayList<>();

        @Override
        public String kind() {
            return fitter.kind();
        }

        @Override
        public boolean needsTime() {
            return fitter.needsTime();
        }

        @Override
        public ForecastModel fit(Dataset train, Dataset validation, FitSettings settings, FitProgress progress) {
            ForecastModel model = fitter.fit(train, validation, settings, progress);
            models.add(model);
            return model;
        }
    }

    @Test
    void forecastTheSame() {
        List<Observation> weather = weather();
        Keeping fitter = new Keeping();
        BacktestResult result = new Backtest(List.of(fitter), SplitSettings.defaults(), 0.9)
                .run(PIPELINE, weather, 0.75, 1, BacktestProgress.SILENT);
        ForecastModel model = fitter.models.getFirst();

        Map<Instant, Map<String, Prediction>> served =
                serve(weather, model, result.folds().getFirst().fold().testFrom());

        assertThat(result.steps()).hasSizeGreaterThan(100);
        for (Step step : result.steps()) {
            assertThat(step.predictions().keySet()).containsExactlyInAnyOrder(ModelKinds.BLEND, fitter.kind());
            assertThat(served.get(step.origin())).usingRecursiveComparison().isEqualTo(step.predictions());
        }
        assertThat(width(served, result.steps().getLast()))
                .as("the intervals have adapted")
                .isNotEqualTo(width(served, result.steps().getFirst()));
    }

    /// Width of the interval of the blend at the first horizon.
    private static double width(Map<Instant, Map<String, Prediction>> served, Step step) {
        Prediction blend = Objects.requireNonNull(served.get(step.origin()).get(ModelKinds.BLEND));
        return blend.upper()[0] - blend.lower()[0];
    }

    private static Map<Instant, Map<String, Prediction>> serve(
            List<Observation> weather, ForecastModel model, Instant from) {
        LiveStation station = new LiveStation(PIPELINE, 336, new IntervalMetrics(new SimpleMeterRegistry()));
        Map<Instant, Map<String, Prediction>> served = new HashMap<>();
        for (Observation observation : weather) {
            Instant now = PIPELINE.slot(observation.timestamp());
            if (station.arrive(observation) instanceof Current(List<Ready> ready) && !now.isBefore(from)) {
                served.put(now, forecast(ready.getFirst(), model, now));
            }
        }
        return served;
    }

    private static Map<String, Prediction> forecast(Ready ready, ForecastModel model, Instant now) {
        Map<String, Prediction> predictions = new HashMap<>();
        ready.target()
                .serve(List.of(model), now)
                .forecast(now, ready.lookback(), (_, _) -> {})
                .forEach(issued -> predictions.put(issued.kind(), issued.prediction()));
        return predictions;
    }

    /// A daily cycle and an AR(1) process, with gaps, and a warm spell at the end that widens the intervals.
    private static List<Observation> weather() {
        Random random = new Random(7);
        List<Observation> observations = new ArrayList<>();
        double anomaly = 0;
        for (int hour = 0; hour < HOURS; hour++) {
            anomaly = 0.9 * anomaly + random.nextGaussian();
            double temperature = 15 + 5 * Math.sin(2 * Math.PI * hour / 24) + anomaly + (hour > 600 ? 8 : 0);
            if (hour % 50 != 17) {
                Instant at = START.plus(Duration.ofHours(hour)).minusSeconds(540);
                observations.add(new Observation("small", "A", at, Map.of("temperature", temperature)));
            }
        }
        return observations;
    }
}
