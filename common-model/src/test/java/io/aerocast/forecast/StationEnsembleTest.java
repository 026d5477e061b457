package io.aerocast.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.event.Observation;
import io.aerocast.forecast.StationEnsemble.Issued;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Season;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StationEnsembleTest {

    private static final BiConsumer<String, RuntimeException> NONE_FAILS = (kind, failure) -> {
        throw new AssertionError(kind, failure);
    };

    private final Pipeline pipeline = new Pipeline(
            "noaa",
            List.of(
                    new Feature("temperature", "°C", "temp", -60, 60),
                    new Feature("pressure", "hPa", "pressure", 870, 1085)),
            Duration.ofHours(1),
            4,
            List.of(1, 6),
            List.of());
    private final StationSeries series = StationSeries.unbounded(pipeline);
    private final Instant trainedTo = Models.seasonal().card().trainedTo();

    @Test
    void issuesTheBlendFirstAndThenEveryModel() {
        StationEnsemble ensemble = live(cycle(), 10, Models.ensemble(), Models.seasonal());

        List<Issued> issued = forecast(ensemble, 9);

        assertThat(issued).extracting(Issued::kind).containsExactly("blend", "gru", "seasonal");
        assertThat(issued.get(1).version()).isEqualTo("20130401T000000Z");
        assertThat(issued.get(0).version()).matches("20130401T000000Z-[0-9a-f]{7}");
    }

    @Test
    void theBlendsVersionFollowsFromThoseOfItsParts() {
        Map<String, String> parts = Map.of("gru", "20130301T000000Z-aaaaaaa", "ridge", "20130401T000000Z-bbbbbbb");

        assertThat(Blend.version(parts)).startsWith("20130401T000000Z-").isEqualTo(Blend.version(parts));
        assertThat(Blend.version(parts))
                .isNotEqualTo(Blend.version(
                        Map.of("gru", "20130301T000000Z-aaaaaaa", "seasonal", "20130401T000000Z-bbbbbbb")));
    }

    @Test
    void withoutErrorsTheWeightsFollowTheCards() {
        StationEnsemble better = new StationEnsemble(pipeline);
        better.serve(List.of(scored(cyclic(), 0.5)), series, hour(0));
        StationEnsemble worse = new StationEnsemble(pipeline);
        worse.serve(List.of(scored(cyclic(), 1.5)), series, hour(0));

        assertThat(better.weights().get("seasonal")).containsExactly(1, 1);
        assertThat(worse.weights().get("persistence")).containsExactly(1, 1);
    }

    @Test
    void theWeightMovesToThePartWithTheSmallerErrors() {
        // The cycle of the series is the one of the seasonal model, and not one that the untrained gru knows.
        StationEnsemble ensemble = live(cycle(), 24 * 20, Models.ensemble(), cyclic());

        assertThat(ensemble.weights().get("seasonal")[1]).isGreaterThan(0.95);
        assertThat(rmse("blend", cycle(), 24 * 20, Models.ensemble(), cyclic())[1])
                .isLessThan(0.2 * rmse("persistence", cycle(), 24 * 20, Models.ensemble(), cyclic())[1]);
    }

    @Test
    void neitherPersistenceNorAnyPartIsBetterThanTheBlend() {
        Random random = new Random(3);
        double[] noise = random.doubles(24 * 200, -3, 3).toArray();
        double[] walk = new double[noise.length];
        for (int i = 1; i < walk.length; i++) {
            walk[i] = 0.97 * walk[i - 1] + 0.3 * noise[i];
        }
        IntToDoubleFunction weather = hour -> cycle().applyAsDouble(hour) + walk[hour];

        double[] blend = rmse("blend", weather, walk.length, Models.ensemble(), cyclic());

        for (String part : List.of("persistence", "gru", "seasonal")) {
            double[] alone = rmse(part, weather, walk.length, Models.ensemble(), cyclic());
            assertThat(blend[0]).isLessThanOrEqualTo(1.01 * alone[0]);
            assertThat(blend[1]).isLessThanOrEqualTo(1.01 * alone[1]);
        }
    }

    /// The forecasts six hours ahead of the newest six origins have no error yet.
    @Test
    void aTargetThatIsNotObservedHasNoInfluence() {
        StationEnsemble calm = live(cycle(), 30, Models.ensemble(), cyclic());
        StationEnsemble jump =
                live(hour -> cycle().applyAsDouble(hour) + (hour < 24 ? 0 : 20), 30, Models.ensemble(), cyclic());
        double[] before = calm.weights().get("seasonal");

        assertThat(jump.weights().get("seasonal")[1]).isNotEqualTo(before[1]);
        assertThat(unobserved().weights().get("seasonal")[1]).isEqualTo(before[1]);
        assertThat(unobserved().weights().get("gru")[1])
                .isEqualTo(calm.weights().get("gru")[1]);
    }

    /// As the calm station at hour 29, but with other forecasts since hour 24: their targets are at hour 30 and
    /// later.
    private StationEnsemble unobserved() {
        StationEnsemble ensemble = new StationEnsemble(pipeline);
        StationSeries station = StationSeries.unbounded(pipeline);
        ensemble.serve(List.of(Models.ensemble(), cyclic()), station, hour(0));
        for (int hour = 0; hour < 30; hour++) {
            station.add(observation(hour, cycle().applyAsDouble(hour)));
            ensemble.observe(hour(hour), station.target(hour(hour)));
            Instant origin = hour(hour);
            double shift = hour < 24 ? 0 : 20;
            station.lookback(origin)
                    .ifPresent(lookback -> ensemble.forecast(origin, shifted(lookback, shift), NONE_FAILS));
        }
        return ensemble;
    }

    @Test
    void aReplayOfTheHistoryGivesTheSameAsHavingLivedIt() {
        StationEnsemble lived = live(cycle(), 200, Models.ensemble(), Models.learning());

        StationEnsemble replayed = new StationEnsemble(pipeline);
        replayed.serve(List.of(Models.ensemble(), Models.learning()), series, hour(199));

        assertSame(forecast(replayed, 199), forecast(lived, 199));
        assertThat(replayed.weights().get("gru")).isEqualTo(lived.weights().get("gru"));
        assertThat(replayed.observe(hour(200), 10)).isEqualTo(lived.observe(hour(200), 10));
    }

    @Test
    void learnsNothingFromDataThatTheModelsWereFittedOn() {
        for (int hour = -100; hour <= 1; hour++) {
            series.add(observation(hour, cycle().applyAsDouble(hour + 100)));
        }
        StationEnsemble replayed = new StationEnsemble(pipeline);
        replayed.serve(List.of(Models.ensemble(), cyclic()), series, hour(1));
        StationEnsemble fresh = new StationEnsemble(pipeline);
        fresh.serve(List.of(Models.ensemble(), cyclic()), StationSeries.unbounded(pipeline), hour(1));

        assertThat(replayed.weights().get("gru")).isEqualTo(fresh.weights().get("gru"));
    }

    @Test
    void aNewVersionLearnsFromTheHistoryAndTheOthersGoOn() {
        StationEnsemble swapped = live(cycle(), 200, Models.ensemble(), Models.learning());
        StationEnsemble always = live(cycle(), 200, Models.ensemble(), cyclic("20130402T000000Z"));

        swapped.serve(List.of(Models.ensemble(), cyclic("20130402T000000Z")), series, hour(199));

        List<Issued> issued = forecast(swapped, 199);
        assertSame(issued.subList(1, 3), forecast(always, 199).subList(1, 3));
        assertThat(swapped.weights().get("seasonal")).isEqualTo(always.weights().get("seasonal"));
        assertThat(issued.getFirst().version())
                .isEqualTo(forecast(always, 199).getFirst().version());
    }

    @Test
    void aModelThatCannotForecastLeavesTheOthers() {
        StationEnsemble ensemble = live(cycle(), 50, Models.ensemble(), cyclic());
        Lookback timeless = new Lookback(series.lookback(hour(49)).orElseThrow().rows(), null);
        List<String> failed = new ArrayList<>();

        List<Issued> issued = ensemble.forecast(hour(50), timeless, (kind, failure) -> failed.add(kind));

        assertThat(failed).containsExactly("seasonal");
        assertThat(issued).extracting(Issued::kind).containsExactly("blend", "gru");
    }

    @Test
    void withoutAModelThereIsNoForecast() {
        StationEnsemble ensemble = live(cycle(), 50, cyclic());

        ensemble.serve(List.of(), series, hour(49));

        assertThat(ensemble.forecast(hour(49), series.lookback(hour(49)).orElseThrow(), NONE_FAILS))
                .isEmpty();
    }

    @Test
    void valuesAndBoundsLieWithinThePlausibleRange() {
        Pipeline wind = new Pipeline(
                "noaa",
                List.of(
                        new Feature("temperature", "m/s", "wind", 0, 113),
                        pipeline.features().get(1)),
                pipeline.cadence(),
                4,
                pipeline.horizons(),
                List.of());
        StationEnsemble ensemble = new StationEnsemble(wind);
        ensemble.serve(List.of(wave(Models.seasonal().card(), -5)), series, hour(0));

        Issued seasonal = ensemble.forecast(hour(0), rows(1), NONE_FAILS).getLast();

        // Six hours after 23:00 the mean is -3.7, and no anomaly is left.
        assertThat(seasonal.prediction().value()[1]).isZero();
        assertThat(seasonal.prediction().lower()).containsExactly(0, 0);
        assertThat(seasonal.prediction().upper()[1]).isZero();
    }

    @Test
    void aPoolHasTheMeanOfTheErrorsAtItsStations() {
        StationEnsemble one = live(cycle(), 24 * 20, Models.ensemble(), cyclic());
        PooledEnsemble pooled =
                new PooledEnsemble(pipeline, List.of(Models.ensemble(), cyclic()), List.of(one.errors()));
        PooledEnsemble unseen = new PooledEnsemble(pipeline, List.of(Models.ensemble(), cyclic()), List.of());
        StationEnsemble fresh = new StationEnsemble(pipeline);
        fresh.serve(List.of(Models.ensemble(), cyclic()), StationSeries.unbounded(pipeline), hour(0));

        assertThat(pooled.weights().get("seasonal"))
                .containsExactly(one.weights().get("seasonal"), offset(1e-12));
        assertThat(unseen.weights().get("seasonal")).isEqualTo(fresh.weights().get("seasonal"));
        assertThat(pooled.forecast(rows(10), NONE_FAILS))
                .extracting(Issued::kind)
                .containsExactly("blend", "gru", "seasonal");
    }

    private List<Issued> forecast(StationEnsemble ensemble, int hour) {
        return ensemble.forecast(hour(hour), series.lookback(hour(hour)).orElseThrow(), NONE_FAILS);
    }

    /// A station at which the models have lived; the newest hour is observed and not yet forecast from.
    private StationEnsemble live(IntToDoubleFunction temperature, int hours, ForecastModel... models) {
        StationEnsemble ensemble = new StationEnsemble(pipeline);
        ensemble.serve(List.of(models), StationSeries.unbounded(pipeline), hour(0));
        for (int hour = 0; hour < hours; hour++) {
            Instant origin = hour(hour);
            series.add(observation(hour, temperature.applyAsDouble(hour)));
            ensemble.observe(origin, series.target(origin));
            if (hour < hours - 1 && hour > 0) {
                series.lookback(origin).ifPresent(lookback -> ensemble.forecast(origin, lookback, NONE_FAILS));
            }
        }
        return ensemble;
    }

    /// Root mean squared error of a part over the time after the first ten days.
    private double[] rmse(String part, IntToDoubleFunction temperature, int hours, ForecastModel... models) {
        StationEnsemble ensemble = new StationEnsemble(pipeline);
        StationSeries station = StationSeries.unbounded(pipeline);
        ensemble.serve(List.of(models), station, hour(0));
        double[] squares = new double[2];
        int count = 0;
        for (int hour = 0; hour < hours - 6; hour++) {
            Instant origin = hour(hour);
            station.add(observation(hour, temperature.applyAsDouble(hour)));
            ensemble.observe(origin, station.target(origin));
            Lookback lookback = station.lookback(origin).orElse(null);
            if (lookback != null) {
                Map<String, double[]> values = ensemble.forecast(origin, lookback, NONE_FAILS).stream()
                        .collect(Collectors.toMap(
                                Issued::kind, each -> each.prediction().value()));
                values.put("persistence", new double[] {lookback.persistence(), lookback.persistence()});
                if (hour > 240) {
                    count++;
                    squares[0] += square(values.get(part)[0] - temperature.applyAsDouble(hour + 1));
                    squares[1] += square(values.get(part)[1] - temperature.applyAsDouble(hour + 6));
                }
            }
        }
        return new double[] {Math.sqrt(squares[0] / count), Math.sqrt(squares[1] / count)};
    }

    private static double square(double value) {
        return value * value;
    }

    private static IntToDoubleFunction cycle() {
        return hour -> 10 + 5 * Math.cos(2 * Math.PI * (hour - 1) / 24);
    }

    /// Forecasts [#cycle].
    private static SeasonalModel cyclic() {
        return wave(Models.seasonal().card(), 10);
    }

    private static SeasonalModel wave(ModelCard card, double mean) {
        return new SeasonalModel(
                card,
                Duration.ofHours(1),
                new FourierBasis(List.of(new Season(Duration.ofHours(24), 1))),
                new double[] {mean, 5, 0},
                new double[] {0.5, 0},
                new double[] {1, 2});
    }

    private static SeasonalModel scored(SeasonalModel model, double ratio) {
        return model.calibrated(
                Map.of(
                        "validationRmse.h1",
                        2 * ratio,
                        "validationRmse.h6",
                        4 * ratio,
                        "validationPersistenceRmse.h1",
                        2.0,
                        "validationPersistenceRmse.h6",
                        4.0),
                model.halfWidths());
    }

    /// [#cyclic] as another version.
    private static SeasonalModel cyclic(String version) {
        ModelCard card = Models.seasonal().card();
        ModelCard other = new ModelCard(
                card.pipeline(),
                card.model(),
                version,
                card.features(),
                card.lookback(),
                card.horizons(),
                card.trainedAt(),
                card.trainedFrom(),
                card.trainedTo(),
                card.windows(),
                card.dataSha256(),
                card.seed(),
                card.hyperparameters(),
                card.metrics(),
                card.aerocast(),
                card.java(),
                card.os(),
                card.commit());
        return wave(other, 10);
    }

    private Observation observation(int hour, double temperature) {
        return new Observation("noaa", "S", hour(hour), Map.of("temperature", temperature, "pressure", 1012.0));
    }

    private Lookback rows(double value) {
        return new Lookback(new double[][] {{value, 1012}, {value, 1012}, {value, 1012}, {value, 1012}}, hour(0));
    }

    private static Lookback shifted(Lookback lookback, double by) {
        double[][] rows = lookback.rows().clone();
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {rows[i][0] + by, rows[i][1]};
        }
        return new Lookback(rows, lookback.origin());
    }

    private static void assertSame(List<Issued> found, List<Issued> expected) {
        assertThat(found)
                .extracting(Issued::kind)
                .isEqualTo(expected.stream().map(Issued::kind).toList());
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).prediction().value())
                    .containsExactly(expected.get(i).prediction().value(), within(1e-12));
            assertThat(found.get(i).prediction().upper())
                    .containsExactly(expected.get(i).prediction().upper(), within(1e-12));
        }
    }

    /// Hours after the end of the training data.
    private Instant hour(int hour) {
        return trainedTo.plus(Duration.ofHours(hour));
    }
}
