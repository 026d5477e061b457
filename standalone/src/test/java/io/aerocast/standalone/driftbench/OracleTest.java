package io.aerocast.standalone.driftbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.drift.detect.StationWatch;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Evaluation.Pair;
import io.aerocast.event.EvaluationSource;
import io.aerocast.event.Fault;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the benchmark calls a grown error, and how it counts and writes, on errors that are known.
class OracleTest {

    private static final int SLOTS = 2_000;
    private static final int CHANGE = 1_500;
    private static final Pipeline NOAA = Pipelines.builtIn().require("noaa");
    private static final ReadingGrid GRID =
            new ReadingGrid(NOAA, "KJFK", Instant.parse("2013-01-01T00:00:00Z"), new double[SLOTS][3]);

    /// The error doubles from a slot on. Of the seven days around a slot, three lie after it: at 24 hours before the
    /// change 48 of 168 errors are doubled, a growth of 1.29; at 60 hours before it 12 are, a growth of 1.07.
    @Test
    void anErrorThatDoublesBesideAFreshModelHasGrown() {
        Oracle oracle = new Oracle(GRID, slots(slot -> slot < CHANGE ? 1 : 2), slots(_ -> 1));

        assertThat(oracle.grew("temperature", CHANGE - 24)).isTrue();
        assertThat(oracle.grew("temperature", CHANGE + 100)).isTrue();
        assertThat(oracle.grew("temperature", CHANGE - 60)).isFalse();
        assertThat(oracle.grew("temperature", 200)).isFalse();
        assertThat(oracle.share("temperature")).isCloseTo((SLOTS - CHANGE + 55.0) / SLOTS, within(0.05));
    }

    @Test
    void weatherThatIsHardToForecastIsNoGrowth() {
        Oracle oracle = new Oracle(GRID, slots(slot -> slot < CHANGE ? 1 : 2), slots(slot -> slot < CHANGE ? 1 : 2));

        assertThat(oracle.share("temperature")).isZero();
    }

    @Test
    void whatWasNeverForecastIsUnknown() {
        Oracle oracle = new Oracle(GRID, slots(_ -> 1), slots(_ -> Double.NaN));

        assertThat(oracle.grew("temperature", 500)).isFalse();
        assertThat(oracle.share("temperature")).isNaN();
    }

    /// Two episodes, one of them founded, and a fault, in half a year.
    @Test
    void alarmsAreRatesAYear() {
        CalmRates rates = new CalmRates(new Oracle(GRID, slots(slot -> slot < CHANGE ? 1 : 2), slots(_ -> 1)));
        rates.watched(8766 / 2);
        rates.count(500, change(DriftState.WARNING, DriftState.DRIFT, null));
        rates.count(CHANGE + 50, change(DriftState.CALM, DriftState.DRIFT, null));
        rates.count(600, change(DriftState.SENSOR_FAULT, DriftState.DRIFT, null));
        rates.count(700, change(DriftState.CALM, DriftState.SENSOR_FAULT, Fault.STUCK));

        assertThat(rates.episodes()).isEqualTo(Map.of("temperature", 4.0));
        assertThat(rates.unfounded()).isEqualTo(Map.of("temperature", 2.0));
        assertThat(rates.faults()).isEqualTo(Map.of("temperature stuck", 2.0));
        assertThat(rates.degraded()).isEmpty();
    }

    @Test
    void theErrorsAreWrittenAsCsv() {
        StringWriter csv = new StringWriter();
        ErrorStreams streams = new ErrorStreams(NOAA, csv);
        streams.add("", 5, slots(_ -> 1.25).get(7), null);
        streams.add(
                "stuck",
                5,
                new Slot(8, Optional.empty(), List.of(), Optional.empty()),
                new StationWatch(Map.of(), Map.of()));

        assertThat(csv.toString().lines())
                .containsExactly(
                        "scenario,start,slot,near,far,evidence,state",
                        "\"\",5,7,1.2500,1.2500,0.0000,",
                        "\"stuck\",5,8,,,0.0000,calm");
    }

    private static List<Slot> slots(IntToDoubleFunction error) {
        return IntStream.range(0, SLOTS)
                .mapToObj(slot -> new Slot(slot, Optional.empty(), evaluations(slot, error), Optional.empty()))
                .toList();
    }

    private static List<Evaluation> evaluations(int slot, IntToDoubleFunction error) {
        double off = error.applyAsDouble(slot);
        return Double.isNaN(off)
                ? List.of()
                : List.of(new Evaluation(
                        "noaa",
                        "KJFK",
                        "temperature",
                        ModelKinds.BLEND,
                        GRID.time(slot),
                        off,
                        EvaluationSource.MATCHED,
                        null,
                        List.of(new Pair(1, "v1", 0, null, null, null), new Pair(24, "v1", 0, null, null, null))));
    }

    private static DriftChanged change(DriftState from, DriftState to, @Nullable Fault fault) {
        return new DriftChanged(
                "noaa",
                "KJFK",
                "temperature",
                ModelKinds.BLEND,
                "v1",
                null,
                fault,
                from,
                to,
                GRID.time(0),
                null,
                null,
                "because",
                Map.of());
    }
}
