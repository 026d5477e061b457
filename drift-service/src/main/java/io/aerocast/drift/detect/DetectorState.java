package io.aerocast.drift.detect;

import io.aerocast.event.DriftState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The detector's state of one station. Immutable, and equal after a round trip through JSON, so that a restart in
/// mid-stream gives identical alarms.
///
/// @param state the reported drift state
/// @param version the current model version
/// @param reference the normal error, or `null` while it is learnt for the first time
/// @param best the lowest normal error ever learnt, or `null`
/// @param learning calm samples of the current version, oldest first; empty once its reference is learnt
/// @param cusum the evidence of a change
/// @param readings statistics of the readings themselves
/// @param jump the latest jump of the readings, or `null`
/// @param coolDown observations before another episode may begin
/// @param episode the open drift episode, or `null`
public record DetectorState(
        DriftState state,
        String version,
        @Nullable Reference reference,
        @Nullable Reference best,
        List<ErrorSample> learning,
        Cusum cusum,
        Readings readings,
        @Nullable Jump jump,
        int coolDown,
        @Nullable Episode episode) {

    public DetectorState {
        learning = List.copyOf(learning);
    }

    /// The state before the first outcome.
    ///
    /// @param at time of the first outcome
    /// @param version its model version
    public static DetectorState initial(Instant at, String version) {
        return new DetectorState(
                DriftState.CALM, version, null, null, List.of(), Cusum.zero(at), Readings.none(), null, 0, null);
    }

    /// Whether the reference has been learnt from the current version, rather than from an earlier one.
    public boolean hasOwnReference() {
        return reference != null && reference.version().equals(version);
    }

    /// Switches to another model version: the reference stays, and an open episode ends.
    DetectorState withVersion(String newVersion, Instant at, int coolDownAfterEpisode) {
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

    DetectorState withReadings(Readings newReadings, @Nullable Jump newJump) {
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

    DetectorState withCusum(Cusum newCusum) {
        return new DetectorState(
                state, version, reference, best, learning, newCusum, readings, jump, coolDown, episode);
    }

    DetectorState withState(DriftState newState) {
        return new DetectorState(
                newState, version, reference, best, learning, cusum, readings, jump, coolDown, episode);
    }

    DetectorState withEpisode(Episode newEpisode) {
        return new DetectorState(
                DriftState.DRIFT, version, reference, best, learning, cusum, readings, jump, coolDown, newEpisode);
    }

    DetectorState withoutEpisode(int coolDownAfterEpisode) {
        return new DetectorState(
                DriftState.CALM, version, reference, best, learning, cusum, readings, jump, coolDownAfterEpisode, null);
    }

    DetectorState withSamples(List<ErrorSample> samples) {
        return new DetectorState(state, version, reference, best, samples, cusum, readings, jump, coolDown, episode);
    }

    DetectorState withReference(Reference newReference, Reference newBest, Instant at) {
        return new DetectorState(
                state, version, newReference, newBest, List.of(), Cusum.zero(at), readings, jump, coolDown, episode);
    }
}
