package io.aerocast.drift.detect;

import io.aerocast.event.Fault;
import io.aerocast.pipeline.Feature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tests of the readings of one feature, at one of them: a mutable copy of their part of a [FeatureWatch].
final class ReadingTests {

    /// Equal readings in a row from which on a sensor may be stuck, so that errors have no weight.
    private static final int SUSPECT_RUN = 6;

    /// Days over which the level of a warning, and that of an episode, are averaged.
    private static final int WARNING_DAYS = 7;

    private static final int EPISODE_DAYS = 2;
    private static final int SPIKE_DAYS = 3;

    private final Grid grid;
    private final DetectProperties settings;
    private final Feature feature;
    private final Instant now;
    private final List<Clock> otherClocks;
    private final List<Instant> spikes;
    private Readings readings;
    private Clock clock;
    private Level level;
    private Refusals refused;

    /// @param otherClocks those of the other features of the station
    ReadingTests(
            Grid grid,
            DetectProperties settings,
            Feature feature,
            Instant now,
            FeatureWatch before,
            List<Clock> otherClocks) {
        this.grid = grid;
        this.settings = settings;
        this.feature = feature;
        this.now = now;
        this.otherClocks = otherClocks;
        spikes = new ArrayList<>(before.spikes());
        readings = before.readings();
        clock = before.clock();
        level = before.level();
        refused = before.refused();
    }

    Readings readings() {
        return readings;
    }

    Clock clock() {
        return clock;
    }

    Level level() {
        return level;
    }

    List<Instant> spikes() {
        return spikes;
    }

    Refusals refused() {
        return refused;
    }

    /// Takes the next reading.
    ///
    /// @param fault the fault that is in force, or `null`
    /// @param episode the open episode, or `null`
    /// @param calm whether errors are not suspicious
    /// @return whether the reading before this one was a spike
    boolean read(double value, @Nullable Fault fault, @Nullable Episode episode, boolean calm) {
        long steps = grid.steps(readings.at(), now);
        boolean learns = fault == null && spikes.isEmpty();
        readings = readings.next(now, value, steps, settings.memory() * (double) grid.day(), learns);
        refused = refused.around(now, grid);
        boolean spiked = spike();
        if (fault == null) {
            int averaged = episode != null && episode.isLevel() ? EPISODE_DAYS : WARNING_DAYS;
            level = level.next(value, grid.day(), settings.memory(), averaged, calm);
        }
        if (steps == 1 && grid.day() <= Grid.LONGEST_COURSE) {
            clock = clock.next(grid.stepOfDay(now), grid.day(), readings.move(), learns);
        }
        return spiked;
    }

    private boolean spike() {
        spikes.removeIf(at -> at.isBefore(grid.back(now, SPIKE_DAYS * (long) grid.day())));
        boolean spiked = readings.pace().knows(grid.day())
                && readings.spiked(settings.spike() * readings.pace().mean());
        if (spiked) {
            spikes.add(now);
        }
        return spiked;
    }

    boolean maybeStuck() {
        return readings.same() >= SUSPECT_RUN;
    }

    /// The fault that a run of readings shows at once, or `null`.
    @Nullable
    Fault sudden() {
        if (readings.same() > stuckAfter()) {
            return Fault.STUCK;
        }
        return spikes.size() >= settings.spikes() ? Fault.SPIKES : null;
    }

    /// The fault that many readings show together, or `null`.
    @Nullable
    Fault gradual() {
        if (clock.joint(otherClocks) > settings.clock()) {
            return Fault.CLOCK_SHIFT;
        }
        return readings.isNoisy(settings.noise()) ? Fault.NOISE : null;
    }

    private int stuckAfter() {
        Duration limit = feature.quality().stuck();
        return limit == null ? settings.stuckAfter() : Math.max(settings.stuckAfter(), grid.steps(limit));
    }

    /// Whether the readings still show a fault.
    ///
    /// @param jumped whether those of an offset or another unit have not jumped back
    /// @param recent whether it has not lasted for so long that the readings count as the new normal
    boolean show(Fault fault, boolean jumped, boolean recent) {
        return switch (fault) {
            case STUCK -> readings.same() > 1;
            case SPIKES -> !spikes.isEmpty();
            case NOISE -> readings.noise().statistic() > 0;
            case DROPOUT -> true; // it ends with a reading that arrives, see FeatureWatch.arrived
            case IMPLAUSIBLE -> !refused.isEmpty();
            case OFFSET, UNIT_CHANGE -> !refused.isEmpty() || recent && jumped;
            case CLOCK_SHIFT -> recent && clock.evidence() > 0;
        };
    }

    /// Forgets the evidence of a fault that is over.
    void restartClock() {
        clock = clock.restarted();
    }

    /// Whether the readings stay at a new level after suspicious errors, although the forecasts may follow them.
    boolean isHeld() {
        return Math.abs(level.moved(settings.heldAfter(), readings.least())) > settings.held();
    }

    /// Whether a warning is so recent that the level is still watched.
    boolean isWatched() {
        return level.days() < WARNING_DAYS;
    }
}
