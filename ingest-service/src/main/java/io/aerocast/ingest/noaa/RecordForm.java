package io.aerocast.ingest.noaa;

import io.aerocast.event.Observation;
import io.aerocast.ingest.publish.Received;
import io.aerocast.ingest.publish.Received.Malformed;
import io.aerocast.ingest.publish.Received.Measured;
import io.aerocast.pipeline.Pipeline;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the service's records: GeoJSON features whose properties are quantities of the form
/// `{"unitCode": …, "value": …, "qualityControl": …}`. A missing quantity or a `null` value is a missing reading,
/// and so is a value that the service itself has rejected (`X`) or questioned (`Q`).
final class RecordForm {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> REJECTED_BY_QUALITY_CONTROL = Set.of("X", "Q");

    private final Pipeline pipeline;
    private final List<Quantity> quantities;

    /// @throws IllegalArgumentException if the service does not measure the pipeline's target
    RecordForm(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.quantities = pipeline.features().stream()
                .flatMap(f -> Quantity.of(f).stream())
                .toList();
        if (Quantity.of(pipeline.target()).isEmpty()) {
            throw new IllegalArgumentException(
                    "Cannot feed pipeline %s from weather stations (aerocast.ingest.noaa.pipeline): they do not measure %s in %s"
                            .formatted(
                                    pipeline.name(),
                                    pipeline.target().name(),
                                    pipeline.target().unit()));
        }
    }

    /// Reads an answer, oldest record first.
    ///
    /// @throws IllegalArgumentException if the answer is not a collection of records
    List<Received> read(String station, byte[] body) {
        JsonNode features;
        try {
            features = JSON.readTree(body).path("features");
        } catch (JacksonException e) {
            throw new IllegalArgumentException("expected GeoJSON, found " + e.getOriginalMessage(), e);
        }
        if (!features.isArray()) {
            throw new IllegalArgumentException("expected GeoJSON with an array 'features', found "
                    + features.getNodeType().name().toLowerCase(java.util.Locale.ROOT));
        }
        return StreamSupport.stream(features.spliterator(), false)
                .map(feature -> record(station, feature.path("properties")))
                .toList()
                .reversed();
    }

    private Received record(String station, JsonNode properties) {
        String origin = "api.weather.gov %s@%s"
                .formatted(station, properties.path("timestamp").asString(""));
        byte[] payload = properties.toString().getBytes(StandardCharsets.UTF_8);
        try {
            return new Measured(
                    new Observation(pipeline.name(), station, timestamp(properties), readings(properties)),
                    origin,
                    payload);
        } catch (IllegalArgumentException e) {
            return new Malformed(pipeline.name(), String.valueOf(e.getMessage()), origin, payload);
        }
    }

    private static Instant timestamp(JsonNode properties) {
        String text = properties.path("timestamp").asString("");
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "expected a timestamp such as 2026-11-27T09:51:00+00:00, found '%s'".formatted(text), e);
        }
    }

    private Map<String, Double> readings(JsonNode properties) {
        Map<String, Double> readings = new HashMap<>();
        for (Quantity quantity : quantities) {
            JsonNode measured = properties.path(quantity.property());
            JsonNode value = measured.path("value");
            if (value.isNumber()
                    && !REJECTED_BY_QUALITY_CONTROL.contains(
                            measured.path("qualityControl").asString(""))) {
                readings.put(
                        quantity.feature(),
                        quantity.convert(
                                value.asDouble(), measured.path("unitCode").asString("")));
            }
        }
        return readings;
    }
}
