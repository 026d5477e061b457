package io.aerocast.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.Fault;
import io.aerocast.ingest.source.Conditions.Weather;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConditionsTest {

    private static final Heatwave CALM = Heatwave.never(1);

    private final Conditions conditions = new Conditions(CALM);

    @Test
    void followTheConfiguredWeatherUntilSomebodyChangesIt() {
        assertThat(read(0, 100))
                .isEqualTo(LongStream.range(0, 100).mapToObj(CALM::temperature).toList());
        assertThat(conditions.view("lab", "sim").weather()).isEqualTo(Weather.CALM);
        assertThat(conditions.view("lab", "sim").fault()).isNull();
    }

    @Test
    void aHeatwaveRisesOverFortyEightStepsAndFallsAgain() {
        read(0, 100);
        conditions.turn(Weather.HEATWAVE);

        assertThat(read(100, 101)).containsExactly(CALM.temperature(100));
        assertThat(read(101, 148).getLast()).isEqualTo(CALM.temperature(147, 47 / 48.0));
        assertThat(read(148, 200).getLast()).isEqualTo(CALM.temperature(199, 1));
        assertThat(conditions.view("lab", "sim").weather()).isEqualTo(Weather.HEATWAVE);

        conditions.turn(Weather.CALM);
        assertThat(read(200, 225).getLast()).isEqualTo(CALM.temperature(224, 0.5));
        assertThat(read(225, 260).getLast()).isEqualTo(CALM.temperature(259));
    }

    @Test
    void theSameWeatherAgainChangesNothing() {
        read(0, 10);
        conditions.turn(Weather.HEATWAVE);
        read(10, 34);
        conditions.turn(Weather.HEATWAVE);

        assertThat(read(34, 35)).containsExactly(CALM.temperature(34, 0.5));
    }

    @Test
    void aStuckSensorRepeatsItsReading() {
        read(0, 10);
        conditions.sensor(Fault.STUCK);

        assertThat(read(10, 40)).containsOnly(CALM.temperature(10));
    }

    @Test
    void anotherUnitIsFahrenheit() {
        conditions.sensor(Fault.UNIT_CHANGE);

        assertThat(conditions.reading(7)).isEqualTo(Math.round((1.8 * CALM.temperature(7) + 32) * 100) / 100.0);
    }

    @Test
    void aDropoutLosesThreeReadingsOfFour() {
        conditions.sensor(Fault.DROPOUT);

        assertThat(conditions.reading(8)).isEqualTo(CALM.temperature(8));
        assertThat(conditions.next()).isEqualTo(12);
    }

    @ParameterizedTest
    @EnumSource
    void everyFaultChangesReadingsAndIsRepaired(Fault fault) {
        conditions.sensor(fault);
        List<Double> faulty = read(0, 24);
        boolean lost = conditions.next() > 24;
        assertThat(conditions.view("lab", "sim").fault()).isEqualTo(fault);

        conditions.sensor(null);

        List<Double> sound = LongStream.range(0, 24).mapToObj(CALM::temperature).toList();
        assertThat(lost || !faulty.equals(sound)).isTrue();
        assertThat(read(24, 48))
                .isEqualTo(LongStream.range(24, 48).mapToObj(CALM::temperature).toList());
    }

    private List<Double> read(long from, long to) {
        return LongStream.range(from, to).mapToObj(conditions::reading).toList();
    }
}
