package io.aerocast.ingest.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.aerocast.event.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The weather and the sensor of a simulated station. They follow the configured [Heatwave] until a person changes
/// them, and do so again after a restart. Safe for use by several threads.
final class Conditions {

    private static final double OFFSET = 10;
    private static final double NOISE = 5;
    private static final double SPIKE = 25;
    private static final int SPIKE_EVERY = 12;
    private static final int DROPOUT_STRIDE = 4;
    private static final double IMPLAUSIBLE = 999;

    private final Heatwave scheduled;
    private @Nullable Turn turn;
    private @Nullable Malfunction malfunction;
    private long next;

    Conditions(Heatwave scheduled) {
        this.scheduled = scheduled;
    }

    /// The two regimes of [Heatwave].
    enum Weather {
        @JsonProperty("calm")
        CALM,
        @JsonProperty("heatwave")
        HEATWAVE
    }

    /// A change of the weather by a person.
    ///
    /// @param step the first step after it
    /// @param heat share of the heatwave regime at that step
    private record Turn(long step, double heat, Weather to) {}

    /// A broken sensor.
    ///
    /// @param since its first step
    private record Malfunction(Fault fault, long since) {}

    /// What a person sees of a simulated station.
    ///
    /// @param fault absent while the sensor is sound
    /// @param faults the faults that can be chosen
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String station,
            String pipeline,
            Weather weather,
            @Nullable Fault fault,
            List<Fault> faults) {}

    synchronized View view(String station, String pipeline) {
        return new View(
                station,
                pipeline,
                weather(),
                malfunction == null ? null : malfunction.fault(),
                Arrays.asList(Fault.values()));
    }

    private Weather weather() {
        if (turn != null) {
            return turn.to();
        }
        return scheduled.heat(next) > 0 ? Weather.HEATWAVE : Weather.CALM;
    }

    /// Turns the weather from the next step on; it changes gradually.
    synchronized void turn(Weather to) {
        if (weather() != to) {
            turn = new Turn(next, heat(next), to);
        }
    }

    /// Breaks the sensor, or repairs it with `null`, from the next step on.
    synchronized void sensor(@Nullable Fault fault) {
        malfunction = fault == null ? null : new Malfunction(fault, next);
    }

    /// The reading of the sensor at a step, which is the newest one from now on.
    ///
    /// @return °C, to a hundredth
    synchronized double reading(long step) {
        next = step + stride();
        if (malfunction == null) {
            return temperature(step);
        }
        double sound = temperature(step);
        double shown = switch (malfunction.fault()) {
            case STUCK -> temperature(malfunction.since());
            case SPIKES -> step % SPIKE_EVERY == 0 ? sound + SPIKE : sound;
            case OFFSET -> sound + OFFSET;
            case UNIT_CHANGE -> 1.8 * sound + 32;
            case IMPLAUSIBLE -> IMPLAUSIBLE;
            case DROPOUT -> sound;
            case CLOCK_SHIFT -> temperature(step + 1);
            case NOISE -> sound + NOISE * new SplittableRandom(step).nextGaussian();
        };
        return Math.round(shown * 100) / 100.0;
    }

    /// The step of the next reading.
    synchronized long next() {
        return next;
    }

    /// Steps from one reading to the next: more than one while readings are lost.
    synchronized int stride() {
        return malfunction != null && malfunction.fault() == Fault.DROPOUT ? DROPOUT_STRIDE : 1;
    }

    private double temperature(long step) {
        return scheduled.temperature(step, heat(step));
    }

    private double heat(long step) {
        return turn == null || step < turn.step()
                ? scheduled.heat(step)
                : Heatwave.ramped(turn.heat(), step - turn.step(), turn.to() == Weather.HEATWAVE);
    }
}
