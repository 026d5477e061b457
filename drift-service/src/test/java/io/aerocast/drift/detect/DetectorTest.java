package io.aerocast.drift.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.drift.detect.SyntheticStation.Sensor;
import io.aerocast.event.Codec;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Evaluation;
import io.aerocast.event.EvaluationSource;
import io.aerocast.event.Fault;
import io.aerocast.event.Observation;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorTest {

    private static final Pipeline NOAA = Pipelines.builtIn().require("noaa");
    private static final Sensor TRUE = (truth, _) -> truth;
    private static final int WARM = 45 * 24;

    private final Detector detector = new Detector(NOAA, DetectProperties.defaults());
    private final List<DriftChanged> changes = new ArrayList<>();
    private SyntheticStation station = new SyntheticStation(NOAA, 1);
    private @Nullable StationWatch watch;

    @Test
    void findsNothingInAQuietYearOfThreeStations() {
        for (long seed = 1; seed <= 3; seed++) {
            begin(seed);
            feed(365 * 24, TRUE, "v1");
        }

        assertThat(changes).extracting(DriftChanged::to).doesNotContain(DriftState.DRIFT, DriftState.SENSOR_FAULT);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void findsARampAndItsStart(long seed) {
        begin(seed);
        feed(WARM, TRUE, "v1");
        feed(120, (truth, s) -> truth + Math.min(12, 0.5 * (s.hour() - WARM + 1)), "v1");

        DriftChanged drift = first(DriftState.DRIFT);
        assertThat(drift.at()).isBefore(hour(WARM + 48));
        assertThat(drift.changedSince()).isBetween(hour(WARM - 24), hour(WARM + 24));
        assertThat(drift.fault()).isNull();
        assertThat(drift.evidence()).containsKeys("tooLow", "threshold", "size");
        assertThat(drift.reason()).contains("too low");
    }

    /// The model knows the new level as soon as there is a warning, so that the evidence of its errors ends.
    @Test
    void aNewLevelAfterAWarningIsDriftFromTheWarningUntilItReturns() {
        feed(WARM, TRUE, "v1");
        int[] shift = {0};
        Sensor shifted = (truth, _) -> truth + shift[0];
        while (state() == DriftState.CALM) {
            shift[0]++;
            feed(1, shifted, "v1");
        }
        assertThat(state()).isEqualTo(DriftState.WARNING);
        java.time.Instant warned = changes.getLast().at();
        station.learnt = shift[0];
        feed(6 * 24, shifted, "v1");

        DriftChanged drift = first(DriftState.DRIFT);
        assertThat(drift.changedSince()).isBeforeOrEqualTo(warned);
        assertThat(drift.reason()).contains("stays at a new level", "limit 2.5");
        assertThat(state()).isEqualTo(DriftState.DRIFT);

        java.time.Instant returned = hour(station.hour());
        station.learnt = 0;
        feed(7 * 24, TRUE, "v1");
        assertThat(changes.getLast().to()).isEqualTo(DriftState.CALM);
        assertThat(changes.getLast().at()).isBetween(returned.plusSeconds(24 * 3600), returned.plusSeconds(5 * 86_400));
    }

    /// The other kind has been gone for two days: the blend alone is judged as if there had never been another.
    @Test
    void aKindThatNoLongerServesTakesNoPartOfTheEvidence() {
        feed(WARM, TRUE, "v1");
        StationWatch alone = withKind(ModelKinds.BLEND, watch, hour(WARM - 1));
        StationWatch both = withKind("gru", alone, hour(WARM - 1));
        StationWatch gone = withKind("gru", alone, hour(WARM - 1 - 48));
        while (station.hour() < WARM + 8) {
            for (Evaluation evaluation : station.next((truth, s) -> truth + s.hour() - WARM, "v1")) {
                alone = detector.next(alone, evaluation).after();
                both = detector.next(both, evaluation).after();
                gone = detector.next(gone, evaluation).after();
            }
        }

        assertThat(above(alone)).isPositive();
        assertThat(above(gone)).isEqualTo(above(alone));
        assertThat(above(both)).isCloseTo(above(alone) / 2, within(1e-9));
    }

    @Test
    void namesAStuckSensorAndNoDriftAfterIt() {
        feed(WARM, TRUE, "v1");
        feed(72, (_, _) -> 17.5, "v1");
        assertThat(fault().fault()).isEqualTo(Fault.STUCK);
        assertThat(fault().at()).isBefore(hour(WARM + 20));
        feed(120, TRUE, "v1");

        assertThat(changes).extracting(DriftChanged::to).doesNotContain(DriftState.DRIFT);
        assertThat(state()).isEqualTo(DriftState.CALM);
    }

    @Test
    void namesSpikes() {
        feed(WARM, TRUE, "v1");
        feed(96, (truth, s) -> s.hour() % 19 == 7 ? truth + 15 : truth, "v1");

        assertThat(fault().fault()).isEqualTo(Fault.SPIKES);
        assertThat(changes).extracting(DriftChanged::to).doesNotContain(DriftState.DRIFT);
    }

    @Test
    void namesDegreesFahrenheitWithinSixHours() {
        feed(WARM, TRUE, "v1");
        feed(24, (truth, _) -> 1.8 * truth + 32, "v1");

        assertThat(fault().fault()).isEqualTo(Fault.UNIT_CHANGE);
        assertThat(fault().at()).isBefore(hour(WARM + 6));
    }

    /// The station is so warm that the ingest service refuses every reading in degrees Fahrenheit, and none
    /// arrives.
    @Test
    void namesDegreesFahrenheitThatAreRefusedAtTheThirdReading() {
        feed(WARM, (truth, _) -> truth + 15, "v1");
        for (int hour = 0; hour < 24; hour++) {
            refuse(WARM + hour, 1.8 * (SyntheticStation.course(WARM + hour) + 15) + 32);
        }

        assertThat(fault().fault()).isEqualTo(Fault.UNIT_CHANGE);
        assertThat(fault().at()).isEqualTo(hour(WARM + 2));
        assertThat(changes).extracting(DriftChanged::to).doesNotContain(DriftState.DRIFT);
    }

    @Test
    void readingsThatAreRefusedAreAFaultUntilADayAfterTheLast() {
        feed(WARM, TRUE, "v1");
        refuse(WARM, 999);
        refuse(WARM, 999);
        refuse(WARM + 1, 999);
        assertThat(state()).isEqualTo(DriftState.CALM);
        refuse(WARM + 2, 999);
        assertThat(fault().fault()).isEqualTo(Fault.IMPLAUSIBLE);
        assertThat(fault().reason()).contains("not plausible", "999.0");

        feed(60, TRUE, "v1");
        assertThat(changes.getLast().to()).isEqualTo(DriftState.CALM);
        assertThat(changes.getLast().at()).isEqualTo(hour(WARM + 27));
    }

    /// Refusals of a time that has not come neither last nor hide those of the present.
    @Test
    void refusedReadingsOfAFarTimeDoNotStay() {
        feed(WARM, TRUE, "v1");
        for (int hour = 0; hour < 9; hour++) {
            refuse(9 * WARM + hour, 999);
        }
        feed(1, TRUE, "v1");
        assertThat(state()).isEqualTo(DriftState.CALM);

        refuse(WARM + 1, 999);
        refuse(WARM + 2, 999);
        refuse(WARM + 3, 999);
        assertThat(state()).isEqualTo(DriftState.SENSOR_FAULT);
    }

    @Test
    void namesAnOffsetAndItsSizeWithinADay() {
        feed(WARM, TRUE, "v1");
        feed(72, (truth, _) -> truth + 8, "v1");

        assertThat(fault().fault()).isEqualTo(Fault.OFFSET);
        assertThat(fault().at()).isBeforeOrEqualTo(hour(WARM + 24));
        assertThat(changes).extracting(DriftChanged::to).doesNotContain(DriftState.DRIFT);
    }

    @Test
    void namesNoise() {
        feed(WARM, TRUE, "v1");
        feed(72, (truth, s) -> truth + 2.5 * s.random().nextGaussian(), "v1");

        assertThat(fault().fault()).isEqualTo(Fault.NOISE);
        assertThat(changes).extracting(DriftChanged::to).doesNotContain(DriftState.DRIFT);
    }

    @Test
    void namesAClockThatIsAnHourLate() {
        feed(WARM, TRUE, "v1");
        feed(14 * 24, (_, s) -> s.earlier, "v1");

        assertThat(fault().fault()).isEqualTo(Fault.CLOCK_SHIFT);
        assertThat(fault().reason()).contains("late");
    }

    @Test
    void namesADropout() {
        feed(WARM, TRUE, "v1");
        feed(240, (truth, s) -> s.hour() % 3 == 0 ? truth : Double.NaN, "v1");

        assertThat(fault().fault()).isEqualTo(Fault.DROPOUT);
    }

    /// Every third reading arrives, and none of them is forecast.
    @Test
    void namesADropoutOfReadingsThatNoForecastReaches() {
        feed(WARM, TRUE, "v1");
        for (int hour = WARM; hour < WARM + 75; hour += 3) {
            arrive(hour);
        }
        assertThat(fault().fault()).isEqualTo(Fault.DROPOUT);
        assertThat(fault().at()).isBefore(hour(WARM + 72));

        arrive(WARM + 10);
        assertThat(state()).isEqualTo(DriftState.SENSOR_FAULT);
        for (int hour = WARM + 72; hour < WARM + 72 + 120; hour++) {
            arrive(hour);
        }
        assertThat(state()).isEqualTo(DriftState.CALM);
    }

    /// One outage of three days is no lack of readings.
    @Test
    void oneLongGapIsNoDropout() {
        feed(WARM, TRUE, "v1");
        for (int hour = WARM + 72; hour < WARM + 144; hour++) {
            arrive(hour);
        }

        assertThat(changes).extracting(DriftChanged::to).doesNotContain(DriftState.SENSOR_FAULT);
    }

    /// Two of six readings arrive, and after four days they are ever warmer.
    @Test
    void errorsDuringADropoutCountAndAreDriftOnceItIsOver() {
        Sensor ramp = (truth, s) -> truth + Math.clamp(0.25 * (s.hour() - WARM - 96), 0, 12);
        feed(WARM, TRUE, "v1");
        feed(2 * 96, (truth, s) -> s.hour() % 6 < 2 ? ramp.read(truth, s) : Double.NaN, "v1");
        assertThat(fault().fault()).isEqualTo(Fault.DROPOUT);
        assertThat(state()).isEqualTo(DriftState.SENSOR_FAULT);
        assertThat(above(watch)).isPositive();
        assertThat(changes).extracting(DriftChanged::to).doesNotContain(DriftState.DRIFT);

        feed(2 * 96, ramp, "v1");
        assertThat(changes).extracting(DriftChanged::to).contains(DriftState.DRIFT);
    }

    @Test
    void learnsACoarserResolution() {
        feed(WARM, TRUE, "v1");
        feed(30 * 24, (truth, _) -> Math.round(truth), "v1");

        assertThat(changes).extracting(DriftChanged::to).doesNotContain(DriftState.DRIFT, DriftState.SENSOR_FAULT);
    }

    @Test
    void aNewVersionEndsTheEpisode() {
        feed(WARM, TRUE, "v1");
        feed(40, (truth, s) -> truth + Math.min(12, 0.5 * (s.hour() - WARM + 1)), "v1");
        assertThat(state()).isEqualTo(DriftState.DRIFT);
        feed(1, (truth, _) -> truth + 12, "v2");

        assertThat(state()).isEqualTo(DriftState.CALM);
        assertThat(changes.getLast().episode()).isNull();
    }

    /// At any time, the state as JSON continues as the state itself does.
    @Test
    void aRestartLeavesEveryChangeTheSame() {
        Codec<StationWatch> codec = new Codec<>(StationWatch.class, 1);
        StationWatch kept = null;
        StationWatch restored = null;
        Sensor sensor = (truth, s) -> s.hour() < WARM ? truth : truth + Math.min(12, 0.5 * (s.hour() - WARM + 1));
        while (station.hour() < WARM + 96) {
            for (Evaluation evaluation : station.next(sensor, "v1")) {
                DetectorStep one = detector.next(kept, evaluation);
                DetectorStep other = detector.next(restored, evaluation);
                assertThat(other).isEqualTo(one);
                changes.addAll(one.changes());
                kept = one.after();
                restored = station.hour() % 7 == 0 ? codec.decode(codec.encode(one.after())) : other.after();
            }
        }

        assertThat(changes).extracting(DriftChanged::to).contains(DriftState.DRIFT);
        assertThat(codec.encode(kept).length).isLessThan(8_000);
    }

    private void begin(long seed) {
        station = new SyntheticStation(NOAA, seed);
        watch = null;
    }

    private void feed(int hours, Sensor sensor, String version) {
        for (int i = 0; i < hours; i++) {
            for (Evaluation evaluation : station.next(sensor, version)) {
                if (watch != null) {
                    take(detector.arrived(watch, observation(evaluation)));
                }
                take(detector.next(watch, evaluation));
            }
        }
    }

    private static Observation observation(Evaluation evaluation) {
        return new Observation(
                "noaa",
                "KSYN",
                Objects.requireNonNull(evaluation.target()),
                Map.of(evaluation.feature(), evaluation.actual()));
    }

    private void take(DetectorStep step) {
        watch = step.after();
        step.changes().stream()
                .filter(change -> "temperature".equals(change.feature()))
                .forEach(changes::add);
    }

    private void arrive(int hour) {
        take(detector.arrived(
                Objects.requireNonNull(watch),
                new Observation("noaa", "KSYN", hour(hour), Map.of("temperature", 12.0))));
    }

    private void refuse(int hour, double temperature) {
        DetectorStep step = detector.refused(
                Objects.requireNonNull(watch),
                new Observation("noaa", "KSYN", hour(hour), Map.of("temperature", temperature, "pressure", 1013.0)));
        watch = step.after();
        changes.addAll(step.changes());
    }

    /// The same state, with another kind of model that was last evaluated at a given time.
    private static StationWatch withKind(String kind, @Nullable StationWatch watch, java.time.Instant at) {
        FeatureWatch w = temperature(watch);
        ModelWatch blend = Objects.requireNonNull(w.models().get(w.served()));
        Map<String, ModelWatch> models = new HashMap<>(w.models());
        models.put(
                kind,
                new ModelWatch(
                        blend.version(),
                        at,
                        blend.near(),
                        blend.step(),
                        blend.days(),
                        blend.sums(),
                        blend.count(),
                        blend.skill()));
        FeatureWatch changed = new FeatureWatch(
                w.state(),
                w.fault(),
                w.since(),
                w.served(),
                w.readings(),
                w.arrivals(),
                w.clock(),
                w.level(),
                models,
                w.size(),
                Cusum.zero(w.readings().at()),
                w.below(),
                w.shocks(),
                w.spikes(),
                w.refused(),
                w.jump(),
                w.offset(),
                w.holdUntil(),
                w.coolUntil(),
                w.episode());
        return new StationWatch(Map.of("temperature", changed), Map.of());
    }

    private static FeatureWatch temperature(@Nullable StationWatch watch) {
        return Objects.requireNonNull(Objects.requireNonNull(watch).features().get("temperature"));
    }

    private static double above(@Nullable StationWatch watch) {
        return temperature(watch).above().statistic();
    }

    private DriftState state() {
        return watch == null ? DriftState.CALM : watch.state("temperature");
    }

    private DriftChanged first(DriftState state) {
        return changes.stream()
                .filter(change -> change.to() == state)
                .findFirst()
                .orElseThrow();
    }

    private DriftChanged fault() {
        DriftChanged fault = first(DriftState.SENSOR_FAULT);
        assertThat(fault.feature()).isEqualTo("temperature");
        return fault;
    }

    @Test
    void aStationWithGapsOfItsOwnIsNoDropout() {
        feed(WARM + 30 * 24, (truth, s) -> s.hour() % 48 < 5 ? Double.NaN : truth, "v1");

        assertThat(changes).extracting(DriftChanged::to).doesNotContain(DriftState.SENSOR_FAULT);
    }

    @Test
    void largerErrorsOfOneStepAreDrift() {
        Random random = new Random(1);
        Detector alone = new Detector(NOAA, DetectProperties.defaults());
        StationWatch seen = null;
        List<DriftChanged> found = new ArrayList<>();
        for (int hour = 0; hour < 360; hour++) {
            double actual = 20 + 5 * Math.sin(hour * Math.PI / 12) + random.nextGaussian();
            double error = (hour < 300 ? 0.5 : 4) * random.nextGaussian();
            Evaluation.Pair pair = new Evaluation.Pair(1, "v1", actual - error, null, null, null);
            DetectorStep step = alone.next(
                    seen,
                    new Evaluation(
                            "noaa",
                            "s",
                            "temperature",
                            "blend",
                            hour(hour),
                            actual,
                            EvaluationSource.MATCHED,
                            null,
                            List.of(pair)));
            seen = step.after();
            found.addAll(step.changes());
        }

        assertThat(found).extracting(DriftChanged::to).containsSubsequence(DriftState.DRIFT);
        assertThat(found)
                .filteredOn(change -> change.to() == DriftState.DRIFT)
                .first()
                .satisfies(change -> assertThat(change.at()).isBetween(hour(300), hour(330)));
    }

    private static java.time.Instant hour(int hour) {
        return java.time.Instant.parse("2021-05-01T00:00:00Z").plusSeconds(3600L * hour);
    }
}
