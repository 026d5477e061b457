package io.aerocast.lake;

import io.aerocast.event.Observation;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaBuilder.FieldAssembler;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/// The columns of a window, in this order:
///
/// | column | type | content |
/// |---|---|---|
/// | `pipeline` | string | the pipeline's name |
/// | `station` | string | the station's identifier |
/// | `ts` | timestamp, µs, UTC | the time of observation |
/// | one per feature | double, nullable | the reading in the feature's unit; null where it is missing |
/// | `kafka_partition` | int | partition of the observations topic |
/// | `kafka_offset` | long | offset in that partition; with the partition, the row's identity |
/// | `arrived_at` | timestamp, µs, UTC | when the broker received the record |
final class WindowSchema {

    private static final String PIPELINE = "pipeline";
    private static final String STATION = "station";
    private static final String TIME = "ts";
    private static final String PARTITION = "kafka_partition";
    private static final String OFFSET = "kafka_offset";
    private static final String ARRIVED_AT = "arrived_at";
    private static final Set<String> FIXED = Set.of(PIPELINE, STATION, TIME, PARTITION, OFFSET, ARRIVED_AT);

    private final Schema schema;

    private WindowSchema(Schema schema) {
        this.schema = schema;
    }

    /// The schema of a pipeline's windows.
    ///
    /// @throws IllegalArgumentException if a feature's name cannot be a column
    static WindowSchema of(Pipeline pipeline) {
        FieldAssembler<Schema> fields = SchemaBuilder.record("Observation")
                .namespace("io.aerocast")
                .fields()
                .requiredString(PIPELINE)
                .requiredString(STATION)
                .name(TIME)
                .type(micros())
                .noDefault();
        for (Feature feature : pipeline.features()) {
            requireColumn(pipeline, feature.name());
            fields = fields.optionalDouble(feature.name());
        }
        return new WindowSchema(fields.requiredInt(PARTITION)
                .requiredLong(OFFSET)
                .name(ARRIVED_AT)
                .type(micros())
                .noDefault()
                .endRecord());
    }

    Schema avro() {
        return schema;
    }

    /// Converts an observation to a row. A missing reading becomes null.
    ///
    /// @throws IllegalArgumentException if a reading is not finite
    GenericRecord row(LandedObservation landed) {
        Observation observation = landed.observation();
        GenericRecord row = new GenericData.Record(schema);
        row.put(PIPELINE, observation.pipeline());
        row.put(STATION, observation.station());
        row.put(TIME, micros(observation.timestamp()));
        observation.readings().forEach((feature, value) -> row.put(feature, finite(feature, value)));
        row.put(PARTITION, landed.partition());
        row.put(OFFSET, landed.offset());
        row.put(ARRIVED_AT, micros(landed.arrivedAt()));
        return row;
    }

    /// Converts a row to its observation, whichever features the pipeline had when the row was written.
    static LandedObservation landed(GenericRecord row) {
        Map<String, Double> readings = new HashMap<>();
        for (Schema.Field field : row.getSchema().getFields()) {
            if (!FIXED.contains(field.name()) && row.get(field.pos()) instanceof Double value) {
                readings.put(field.name(), value);
            }
        }
        Observation observation = new Observation(
                row.get(PIPELINE).toString(), row.get(STATION).toString(), instant(row.get(TIME)), readings);
        return new LandedObservation(
                observation, (Integer) row.get(PARTITION), (Long) row.get(OFFSET), instant(row.get(ARRIVED_AT)));
    }

    /// Converts a row of any file with a station, a time and features of a pipeline.
    ///
    /// @throws IllegalArgumentException if the columns or the pipeline are others; the message names those found
    static Observation observation(Pipeline pipeline, GenericRecord row) {
        Schema.Field station = row.getSchema().getField(STATION);
        Schema.Field time = row.getSchema().getField(TIME);
        List<Schema.Field> features = row.getSchema().getFields().stream()
                .filter(field -> pipeline.featureNames().contains(field.name()))
                .toList();
        if (station == null || time == null || features.isEmpty()) {
            throw new IllegalArgumentException("expected the columns %s, %s and some of %s, found %s"
                    .formatted(
                            STATION,
                            TIME,
                            pipeline.featureNames(),
                            row.getSchema().getFields().stream()
                                    .map(Schema.Field::name)
                                    .toList()));
        }
        Schema.Field of = row.getSchema().getField(PIPELINE);
        if (of != null && !pipeline.name().equals(String.valueOf(row.get(of.pos())))) {
            throw new IllegalArgumentException("expected observations of pipeline %s, found some of %s"
                    .formatted(pipeline.name(), row.get(of.pos())));
        }
        Map<String, Double> readings = new HashMap<>();
        for (Schema.Field feature : features) {
            // Other tools may write a missing reading as NaN.
            if (row.get(feature.pos()) instanceof Number value && !Double.isNaN(value.doubleValue())) {
                readings.put(feature.name(), value.doubleValue());
            }
        }
        return new Observation(
                pipeline.name(), String.valueOf(row.get(station.pos())), instant(time, row.get(time.pos())), readings);
    }

    private static Instant instant(Schema.Field field, Object value) {
        Schema type = field.schema().isUnion()
                ? field.schema().getTypes().stream()
                        .filter(part -> part.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow()
                : field.schema();
        String unit =
                type.getLogicalType() == null ? "none" : type.getLogicalType().getName();
        return switch (unit) {
            case "timestamp-micros", "local-timestamp-micros" -> instant(value);
            case "timestamp-millis", "local-timestamp-millis" -> Instant.ofEpochMilli((Long) value);
            default ->
                throw new IllegalArgumentException(
                        "expected a timestamp of milliseconds or microseconds in column '%s', found %s"
                                .formatted(TIME, type));
        };
    }

    private static void requireColumn(Pipeline pipeline, String name) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*") || FIXED.contains(name)) {
            throw new IllegalArgumentException(
                    "Feature '%s' of pipeline %s cannot be a column: expected letters, digits and '_', and none of %s"
                            .formatted(name, pipeline.name(), FIXED));
        }
    }

    private static double finite(String feature, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("A reading of %s must be finite, found %s".formatted(feature, value));
        }
        return value;
    }

    private static Schema micros() {
        return LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
    }

    private static long micros(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), TimeUnit.SECONDS.toMicros(1)), instant.getNano() / 1_000);
    }

    private static Instant instant(Object micros) {
        long value = (Long) micros;
        long second = TimeUnit.SECONDS.toMicros(1);
        return Instant.ofEpochSecond(Math.floorDiv(value, second), Math.floorMod(value, second) * 1_000L);
    }
}
