package io.aerocast.observation;

import io.aerocast.event.Observation;
import io.aerocast.lake.WindowFile;
import io.aerocast.observation.Check.Accepted;
import io.aerocast.observation.Check.Rejected;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Accepts an observation of a known pipeline with at least one reading, all of known features, finite and within
/// their plausible ranges, whose timestamp lies between 1900 and its arrival.
public final class ObservationCheck {

    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

    private final Pipelines pipelines;
    private final Duration futureTolerance;

    /// @param pipelines the known pipelines
    /// @param futureTolerance how far a timestamp may lie after the arrival, for clocks that differ
    public ObservationCheck(Pipelines pipelines, Duration futureTolerance) {
        this.pipelines = pipelines;
        this.futureTolerance = futureTolerance;
    }

    /// Checks an observation. The same arguments give the same result at any time.
    ///
    /// @param arrivedAt when it was received
    public Check check(Observation observation, Instant arrivedAt) {
        Optional<Pipeline> pipeline = pipelines.find(observation.pipeline());
        if (pipeline.isEmpty()) {
            return new Rejected("pipeline '%s' is unknown (known: %s)".formatted(observation.pipeline(), names()));
        }
        return Stream.of(station(observation), timestamp(observation, arrivedAt), readings(observation, pipeline.get()))
                .flatMap(Optional::stream)
                .findFirst()
                .<Check>map(Rejected::new)
                .orElseGet(() -> new Accepted(observation, pipeline.get()));
    }

    /// Control characters would break log lines and terminals that show the name.
    private static Optional<String> station(Observation observation) {
        int bytes = observation.station().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > WindowFile.MAX_STATION_BYTES) {
            return Optional.of(
                    "a station's name takes at most %d bytes, found %d".formatted(WindowFile.MAX_STATION_BYTES, bytes));
        }
        return observation
                .station()
                .chars()
                .filter(Character::isISOControl)
                .mapToObj("a station's name has no control characters, found U+%04X"::formatted)
                .findFirst();
    }

    private Optional<String> timestamp(Observation observation, Instant arrivedAt) {
        Instant ts = observation.timestamp();
        if (ts.isBefore(EARLIEST)) {
            return Optional.of("timestamp %s lies before %s".formatted(ts, EARLIEST));
        }
        return ts.isAfter(arrivedAt.plus(futureTolerance))
                ? Optional.of("timestamp %s lies in the future: it arrived at %s".formatted(ts, arrivedAt))
                : Optional.empty();
    }

    private static Optional<String> readings(Observation observation, Pipeline pipeline) {
        if (observation.readings().isEmpty()) {
            return Optional.of("expected at least one reading of %s, found none (%s)"
                    .formatted(pipeline.featureNames(), pipeline.name()));
        }
        return observation.readings().entrySet().stream()
                .flatMap(reading -> reading(reading, pipeline).stream())
                .findFirst();
    }

    private static Optional<String> reading(Map.Entry<String, Double> reading, Pipeline pipeline) {
        String name = reading.getKey();
        double value = reading.getValue();
        Optional<Feature> feature =
                pipeline.features().stream().filter(f -> f.name().equals(name)).findFirst();
        if (feature.isEmpty()) {
            return Optional.of(
                    "feature '%s' is unknown (%s has %s)".formatted(name, pipeline.name(), pipeline.featureNames()));
        }
        if (!Double.isFinite(value)) {
            return Optional.of("%s must be finite, found %s (%s)".formatted(name, value, pipeline.name()));
        }
        return feature.filter(f -> !f.plausible(value))
                .map(f -> "%s %s is outside %s..%s %s (%s)"
                        .formatted(name, value, f.minimum(), f.maximum(), f.unit(), pipeline.name()));
    }

    private String names() {
        return String.join(", ", pipelines.all().stream().map(Pipeline::name).toList());
    }
}
