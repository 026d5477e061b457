package io.aerocast.api.stream;

import static io.aerocast.api.TestModels.PIPELINES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.api.TestModels;
import io.aerocast.api.stream.Arrival.Current;
import io.aerocast.api.stream.Arrival.Passed;
import io.aerocast.api.stream.Arrival.Ready;
import io.aerocast.api.stream.Arrival.Why;
import io.aerocast.event.Observation;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelCard;
import io.aerocast.forecast.Prediction;
import io.aerocast.forecast.SeasonalModel;
import io.aerocast.forecast.StationEnsemble;
import io.aerocast.pipeline.Pipeline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveStationTest {

    private static final Instant START = Instant.parse("2013-06-01T00:00:00Z");
    private static final int HISTORY = 100;

    private final Pipeline noaa = PIPELINES.require("noaa");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LiveStation station = station();

    /// Always 12 ± 3 at each of the three horizons.
    private final ForecastModel model = TestModels.seasonal(noaa, "1", 12);

    @Test
    void widensIntervalsThatMissAndCountsThem() {
        serve(station, model, 0, 18, 12); // the first lookback is full enough at 17
        double[] factors = serve(station, model, 18, 20, 30);

        assertThat(factors).containsExactly(new double[] {1.054, 1, 1}, within(1e-9));
        assertThat(gauge("coverage", 1)).isZero();
        assertThat(gauge("width", 1)).isCloseTo((6 + 6 * 1.027) / 2, within(1e-9));
    }

    @Test
    void learnsFromAnObservationWithATooSparseLookback() {
        serve(station, model, 0, 18, 12);

        assertThat(station.arrive(observation(41, 30)))
                .isEqualTo(new Passed(Why.INCOMPLETE)); // a day after the forecast
        assertThat(gauge("coverage", 24)).isZero();
    }

    @Test
    void rebuildsTheLearnedStateAfterARestart() {
        serve(station, model, 0, 90, 12);
        serve(station, model, 90, 110, 30);
        LiveStation restarted = station();
        for (int hour = 0; hour < 110; hour++) {
            restarted.arrive(observation(hour, hour < 90 ? 12 : 30));
        }

        double[] factors = serve(restarted, model, 110, 111, 30);

        assertThat(factors).containsExactly(serve(station, model, 110, 111, 30), within(1e-9));
        assertThat(factors[0]).isGreaterThan(1);
    }

    @Test
    void aNewVersionLearnsOnlyFromDataAfterItsTraining() {
        double before = serve(station, model, 0, 60, 30)[0];
        ModelCard card = TestModels.card(noaa, SeasonalModel.KIND, "2", START.plusSeconds(50 * 3600));

        double[] swapped = serve(station, TestModels.seasonal(card, noaa.cadence(), 12), 60, 61, 30);

        // forecasts from 51 to 59, of which nine, four and none have been observed
        assertThat(before).isGreaterThan(1.5);
        assertThat(swapped).containsExactly(new double[] {1 + 9 * 0.027, 1 + 4 * 0.027, 1}, within(1e-9));
    }

    @Test
    void aModelLearnsOnlineAndAgainAfterARestart() {
        ForecastModel learning = TestModels.learning(noaa, "1");
        LiveStation restarted = station();
        double learnt = Double.NaN;
        for (int hour = 0; hour < 90; hour++) {
            Observation observation = observation(hour, 10 + 0.1 * hour);
            restarted.arrive(observation);
            if (station.arrive(observation) instanceof Current(var targets)) {
                learnt = forecast(targets.getFirst(), learning, hour).value()[0];
            }
        }

        assertThat(restarted.arrive(observation(89, 18.9))).isEqualTo(new Passed(Why.REPEATED));
        assertThat(restarted.arrive(observation(90, 19))).isInstanceOfSatisfying(Current.class, current -> {
            Ready ready = current.targets().getFirst();
            double before = learning.predict(ready.lookback()).value()[0];
            assertThat(before).isCloseTo(19, within(1e-9)); // its weights are 0
            assertThat(forecast(ready, learning, 90).value()[0]).isCloseTo(19.1, within(0.02));
        });
        assertThat(learnt).isCloseTo(19, within(0.02));
    }

    @Test
    void aReadingThatIsMissingForOneTargetDoesNotStopTheOthers() {
        for (int hour = 0; hour < 24; hour++) {
            station.arrive(observation(hour, Map.of("temperature", 12.0, "pressure", 1010.0)));
        }

        assertThat(ready(24, Map.of("pressure", 1011.0))).containsExactly("pressure");
        assertThat(ready(24, Map.of("temperature", 13.0))).containsExactly("temperature");
        assertThat(station.arrive(observation(24, 13))).isEqualTo(new Passed(Why.REPEATED));
        assertThat(ready(25, Map.of("temperature", 13.0, "windspeed", 3.0, "pressure", 1012.0)))
                .containsExactly("temperature", "pressure"); // the lookback of the windspeed is empty
    }

    private List<String> ready(int hour, Map<String, Double> readings) {
        return station.arrive(observation(hour, readings)) instanceof Current(var targets)
                ? targets.stream()
                        .map(ready -> ready.target().view().target().name())
                        .toList()
                : List.of();
    }

    private LiveStation station() {
        return new LiveStation(noaa, HISTORY, new IntervalMetrics(meters));
    }

    /// Observations, and a forecast from each that allows one.
    ///
    /// @return shape [horizons], width of the last intervals, as multiples of the calibrated ones
    private static double[] serve(LiveStation station, ForecastModel model, int from, int to, double temperature) {
        double[] factors = {};
        for (int hour = from; hour < to; hour++) {
            if (station.arrive(observation(hour, temperature)) instanceof Current(var targets)) {
                Prediction last = forecast(targets.getFirst(), model, hour);
                factors = IntStream.range(0, last.value().length)
                        .mapToDouble(h -> (last.upper()[h] - last.lower()[h]) / 6)
                        .toArray();
            }
        }
        return factors;
    }

    private static Prediction forecast(Ready ready, ForecastModel model, int hour) {
        StationEnsemble ensemble = ready.target().serve(List.of(model), hour(hour));
        return ensemble
                .forecast(hour(hour), ready.lookback(), (kind, failure) -> {
                    throw new AssertionError(kind, failure);
                })
                .stream()
                .filter(issued -> issued.kind().equals(model.card().model()))
                .findFirst()
                .orElseThrow()
                .prediction();
    }

    private double gauge(String what, int horizon) {
        return meters.get("aerocast.interval." + what)
                .tags(
                        "pipeline",
                        "noaa",
                        "feature",
                        "temperature",
                        "model",
                        "seasonal",
                        "horizon",
                        String.valueOf(horizon))
                .gauge()
                .value();
    }

    private static Observation observation(int hour, double temperature) {
        return observation(hour, Map.of("temperature", temperature));
    }

    private static Observation observation(int hour, Map<String, Double> readings) {
        return new Observation("noaa", "S", hour(hour), readings);
    }

    private static Instant hour(int hour) {
        return START.plusSeconds(hour * 3600L);
    }
}
