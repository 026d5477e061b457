package io.aerocast.api.stream;

import static io.aerocast.api.TestModels.PIPELINES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.api.TestModels;
import io.aerocast.api.stream.Arrival.Passed;
import io.aerocast.api.stream.Arrival.Why;
import io.aerocast.event.Observation;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelCard;
import io.aerocast.forecast.SeasonalModel;
import io.aerocast.forecast.StationModel;
import io.aerocast.pipeline.Pipeline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Map;
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
        serve(station, model, 18, 20, 30);

        assertThat(factors(station, model, 19)).containsExactly(new double[] {1.045, 1, 1}, within(1e-9));
        assertThat(gauge("coverage", 1)).isZero();
        assertThat(gauge("width", 1)).isCloseTo((6 + 6 * 1.0225) / 2, within(1e-9));
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

        assertThat(factors(restarted, model, 109)).containsExactly(factors(station, model, 109), within(1e-9));
        assertThat(factors(restarted, model, 109)[0]).isGreaterThan(1);
    }

    @Test
    void aNewVersionLearnsOnlyFromDataAfterItsTraining() {
        serve(station, model, 0, 60, 30);
        ModelCard card = TestModels.card(noaa, SeasonalModel.KIND, "2", START.plusSeconds(50 * 3600));
        double before = factors(station, model, 59)[0];

        double[] swapped = factors(station, TestModels.seasonal(card, noaa.cadence(), 12), 59);

        // forecasts from 51 to 58, of which eight, three and none have been observed
        assertThat(before).isGreaterThan(1.5);
        assertThat(swapped).containsExactly(new double[] {1 + 8 * 0.0225, 1 + 3 * 0.0225, 1}, within(1e-9));
    }

    @Test
    void aModelLearnsOnlineAndAgainAfterARestart() {
        ForecastModel learning = TestModels.learning(noaa, "1");
        LiveStation restarted = station();
        double learnt = Double.NaN;
        for (int hour = 0; hour < 90; hour++) {
            Observation observation = observation(hour, 10 + 0.1 * hour);
            restarted.arrive(observation);
            if (station.arrive(observation) instanceof Arrival.Current(var lookback, var same)) {
                learnt = same.model(learning, hour(hour))
                        .forecast(hour(hour), lookback)
                        .value()[0];
            }
        }

        assertThat(restarted.arrive(observation(89, 18.9))).isEqualTo(new Passed(Why.REPEATED));
        StationModel again = restarted.model(learning, hour(90));
        assertThat(restarted.arrive(observation(90, 19))).isInstanceOfSatisfying(Arrival.Current.class, current -> {
            double before = learning.predict(current.lookback()).value()[0];
            assertThat(before).isCloseTo(19, within(1e-9)); // its weights are 0
            assertThat(again.forecast(hour(90), current.lookback()).value()[0]).isCloseTo(19.1, within(0.02));
        });
        assertThat(learnt).isCloseTo(19, within(0.02));
    }

    private LiveStation station() {
        return new LiveStation(noaa, HISTORY, new IntervalMetrics(meters));
    }

    /// Observations, and a forecast from each that allows one.
    private static void serve(LiveStation station, ForecastModel model, int from, int to, double temperature) {
        for (int hour = from; hour < to; hour++) {
            Instant origin = hour(hour);
            if (station.arrive(observation(hour, temperature)) instanceof Arrival.Current(var lookback, var same)) {
                same.model(model, origin).forecast(origin, lookback);
            }
        }
    }

    private static double[] factors(LiveStation station, ForecastModel model, int hour) {
        return station.model(model, hour(hour)).intervalFactors();
    }

    private double gauge(String what, int horizon) {
        return meters.get("aerocast.interval." + what)
                .tags("pipeline", "noaa", "model", "seasonal", "horizon", String.valueOf(horizon))
                .gauge()
                .value();
    }

    private static Observation observation(int hour, double temperature) {
        return new Observation("noaa", "S", hour(hour), Map.of("temperature", temperature));
    }

    private static Instant hour(int hour) {
        return START.plusSeconds(hour * 3600L);
    }
}
