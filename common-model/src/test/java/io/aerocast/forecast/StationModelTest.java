package io.aerocast.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.event.Observation;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StationModelTest {

    private final Pipeline pipeline = new Pipeline(
            "noaa",
            List.of(
                    new Feature("temperature", "°C", "temp", -60, 60),
                    new Feature("pressure", "hPa", "pressure", 800, 1100)),
            Duration.ofHours(1),
            4,
            List.of(1, 3),
            List.of());
    private final ModelCard card = Models.card("any", pipeline.featureNames(), 4, pipeline.horizons());
    private final Instant trainedTo = card.trainedTo();
    private final StationSeries series = StationSeries.unbounded(pipeline);

    @Test
    void issuesTheModelsForecastsWithAdaptedIntervals() {
        StationModel model = new StationModel(pipeline, card, _ -> twelve());
        model.forecast(hour(0), lookback());

        assertThat(model.observe(hour(1), 30)).containsExactly(new IntervalOutcome(1, false, 6));

        Prediction next = model.forecast(hour(1), lookback());
        assertThat(next.value()).containsExactly(12, 12);
        assertThat(next.upper()).containsExactly(new double[] {12 + 3 * 1.027, 15}, within(1e-12));
        assertThat(model.intervalFactors()).containsExactly(new double[] {1.027, 1}, within(1e-12));
    }

    @Test
    void aMissingReadingAdaptsNothing() {
        StationModel model = new StationModel(pipeline, card, _ -> twelve());
        model.forecast(hour(0), lookback());

        assertThat(model.observe(hour(1), Double.NaN)).isEmpty();
        assertThat(model.intervalFactors()).containsExactly(1, 1);
    }

    @Test
    void forecastsWithWhatTheModelLearnsHere() {
        SeasonalModel model = SeasonalLearnerTest.untaught();
        StationModel station = new StationModel(
                new Pipeline(
                        pipeline.name(),
                        pipeline.features(),
                        pipeline.cadence(),
                        4,
                        model.card().horizons(),
                        List.of()),
                model);
        StationForecaster alone = model.forStation();

        for (int hour = 0; hour < 60; hour++) {
            series.add(observation(hour, 10 + 0.1 * hour));
            Instant now = hour(hour);
            series.lookback(now)
                    .ifPresent(lookback -> assertThat(
                                    station.forecast(now, lookback).value())
                            .isEqualTo(alone.predict(lookback).value()));
        }

        Lookback newest = series.lookback(hour(59)).orElseThrow();
        assertThat(alone.predict(newest).value())
                .isNotEqualTo(model.predict(newest).value());
    }

    @Test
    void aForecastThatIsNotFiniteKeepsItsBounds() {
        double[] none = {Double.NaN, 12};
        Prediction raw = new Prediction(none, none, none);
        StationModel model = new StationModel(pipeline, card, _ -> raw);

        assertThat(model.forecast(hour(9), lookback())).isSameAs(raw);
        model.observe(hour(10), 30);
        assertThat(model.intervalFactors()).containsExactly(1, 1);
    }

    private static Prediction twelve() {
        return new Prediction(new double[] {12, 12}, new double[] {9, 9}, new double[] {15, 15});
    }

    private Lookback lookback() {
        return new Lookback(new double[][] {{12, 1012}, {12, 1012}, {12, 1012}, {12, 1012}}, hour(0));
    }

    private Observation observation(int hour, double temperature) {
        return new Observation("noaa", "S", hour(hour), Map.of("temperature", temperature, "pressure", 1012.0));
    }

    /// Hours after the end of the training data.
    private Instant hour(int hour) {
        return trainedTo.plus(Duration.ofHours(hour));
    }
}
