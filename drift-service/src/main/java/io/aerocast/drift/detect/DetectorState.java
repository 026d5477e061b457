package io.aerocast.drift.detect;

import io.aerocast.event.DriftState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that the detector remembers of one station. Immutable, and equal to itself after a round trip through
/// JSON, so that a restart in mid-stream gives the identical alarms.
///
/// @param state how the forecasts are doing
/// @param version the model version that is judged
/// @param reference the normal error, or `null` while it is learnt for the first time
/// @param best the lowest normal error ever learnt, or `null`
/// @param learning calm samples of the judged version, oldest first; empty once its reference is learnt
/// @param cusum the evidence of a change
/// @param readings what the readings themselves do
/// @param jump the latest leap of the readings, or `null`
/// @param coolDown observations before another episode may begin
/// @param episode the drift that lasts, or `null`
public record DetectorState(
        DriftState state,
        String version,
        @Nullable Reference reference,
        @Nullable Reference best,
        List<Sample> learning,
        Cusum cusum,
        Readings readings,
        @Nullable Jump jump,
        int coolDown,
        @Nullable Episode episode) {

    public DetectorState {
        learning = List.copyOf(learning);
    }

    /// What is known before the first outcome.
    ///
    /// @param at the time of that outcome
    /// @param version the version that it is of
    public static DetectorState initial(Instant at, String version) {
        return new DetectorState(
                DriftState.CALM, version, null, null, List.of(), Cusum.zero(at), Readings.none(), null, 0, null);
    }

    /// Whether the normal error of the judged version is known, rather than that of an earlier one.
    public boolean learnt() {
        return reference != null && reference.version().equals(version);
    }

    /// Another version forecasts now: what was normal before still is, and an episode is over.
    DetectorState takenOver(String newVersion, Instant at, int coolDownAfterEpisode) {
        return new DetectorState(
                state == DriftState.SENSOR_FAULT ? DriftState.SENSOR_FAULT : DriftState.CALM,
                newVersion,
                reference,
                best,
                List.of(),
                Cusum.zero(at),
                readings,
                jump,
                episode == null ? coolDown : coolDownAfterEpisode,
                null);
    }

    DetectorState observed(Readings newReadings, @Nullable Jump newJump) {
        return new DetectorState(
                state,
                version,
                reference,
                best,
                learning,
                cusum,
                newReadings,
                newJump,
                Math.max(0, coolDown - 1),
                episode);
    }

    DetectorState summed(Cusum newCusum) {
        return new DetectorState(
                state, version, reference, best, learning, newCusum, readings, jump, coolDown, episode);
    }

    DetectorState moved(DriftState to) {
        return new DetectorState(to, version, reference, best, learning, cusum, readings, jump, coolDown, episode);
    }

    DetectorState entered(Episode newEpisode) {
        return new DetectorState(
                DriftState.DRIFT, version, reference, best, learning, cusum, readings, jump, coolDown, newEpisode);
    }

    DetectorState subsided(int coolDownAfterEpisode) {
        return new DetectorState(
                DriftState.CALM, version, reference, best, learning, cusum, readings, jump, coolDownAfterEpisode, null);
    }

    DetectorState collected(List<Sample> samples) {
        return new DetectorState(state, version, reference, best, samples, cusum, readings, jump, coolDown, episode);
    }

    DetectorState taught(Reference newReference, Reference newBest, Instant at) {
        return new DetectorState(
                state, version, newReference, newBest, List.of(), Cusum.zero(at), readings, jump, coolDown, episode);
    }
}
