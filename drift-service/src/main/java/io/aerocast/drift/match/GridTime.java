package io.aerocast.drift.match;

import io.aerocast.event.Evaluation.Pair;
import io.aerocast.event.Forecast;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/// One feature of one station at one grid time: the observed value, and the forecasts *made at* that time by each
/// kind of model. Immutable.
///
/// It is kept as bytes, so that a join reads one horizon of many forecasts without decoding the others: the
/// observed value (`NaN` if there is none), then for each forecast
///
/// ```
/// kind, version (each: length, UTF-8)   persistence   n   n × horizon   n × (value, lower, upper)
/// ```
///
/// A forecast of which every horizon is joined keeps its kind with `n = 0`: a repetition is still recognised.
final class GridTime {

    static final GridTime EMPTY =
            new GridTime(ByteBuffer.allocate(Double.BYTES).putDouble(Double.NaN).array());

    private static final int ROW = 3 * Double.BYTES;

    private final ByteBuffer bytes;

    private GridTime(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /// The position of a forecast in the bytes.
    ///
    /// @param count number of horizons
    /// @param horizons position of the first horizon
    private record Block(String kind, String version, double persistence, int count, int horizons) {

        int rows() {
            return horizons + count * Integer.BYTES;
        }

        int end() {
            return rows() + count * ROW;
        }
    }

    static final class ValueSerde implements Serde<GridTime> {

        @Override
        public Serializer<GridTime> serializer() {
            return (_, time) -> time == null ? null : time.bytes.array();
        }

        @Override
        public Deserializer<GridTime> deserializer() {
            return (_, bytes) -> bytes == null ? null : new GridTime(bytes);
        }
    }

    /// The observed value, in the feature's unit; `NaN` if there is none.
    double actual() {
        return bytes.getDouble(0);
    }

    boolean hasActual() {
        return !Double.isNaN(actual());
    }

    /// The kinds of model that forecast at this time.
    List<String> kinds() {
        return blocks().stream().map(Block::kind).toList();
    }

    /// Whether every horizon of every forecast is joined.
    boolean isSettled() {
        return blocks().stream().allMatch(block -> block.count == 0);
    }

    GridTime withActual(double reading) {
        byte[] copy = bytes.array().clone();
        ByteBuffer.wrap(copy).putDouble(0, reading);
        return new GridTime(copy);
    }

    GridTime with(Forecast forecast) {
        byte[] kind = forecast.model().getBytes(StandardCharsets.UTF_8);
        byte[] version = forecast.modelVersion().getBytes(StandardCharsets.UTF_8);
        int count = forecast.horizons().size();
        int size = 3 * Integer.BYTES + kind.length + version.length + Double.BYTES + count * (Integer.BYTES + ROW);
        ByteBuffer longer = ByteBuffer.allocate(bytes.capacity() + size).put(bytes.array());
        longer.putInt(kind.length).put(kind).putInt(version.length).put(version);
        longer.putDouble(forecast.persistence()).putInt(count);
        forecast.horizons().forEach(longer::putInt);
        for (int i = 0; i < count; i++) {
            longer.putDouble(forecast.value().get(i))
                    .putDouble(forecast.lower().get(i))
                    .putDouble(forecast.upper().get(i));
        }
        return new GridTime(longer.array());
    }

    /// Without the values of the forecasts.
    GridTime settled() {
        List<byte[]> kinds = kinds().stream()
                .map(kind -> kind.getBytes(StandardCharsets.UTF_8))
                .toList();
        int size = kinds.stream()
                .mapToInt(k -> 3 * Integer.BYTES + k.length + Double.BYTES)
                .sum();
        ByteBuffer shorter = ByteBuffer.allocate(Double.BYTES + size).putDouble(actual());
        kinds.forEach(k ->
                shorter.putInt(k.length).put(k).putInt(0).putDouble(Double.NaN).putInt(0));
        return new GridTime(shorter.array());
    }

    /// The forecasts for the time a number of steps later.
    List<Made> ahead(int horizon) {
        List<Made> made = new ArrayList<>();
        blocks().forEach(block -> pair(block, horizon).ifPresent(pair -> made.add(new Made(block.kind, pair))));
        return made;
    }

    /// A forecast for one time.
    record Made(String kind, Pair pair) {}

    private Optional<Pair> pair(Block block, int horizon) {
        for (int i = 0; i < block.count; i++) {
            if (bytes.getInt(block.horizons + i * Integer.BYTES) == horizon) {
                int row = block.rows() + i * ROW;
                return Optional.of(new Pair(
                        horizon,
                        block.version,
                        bytes.getDouble(row),
                        block.persistence,
                        bytes.getDouble(row + Double.BYTES),
                        bytes.getDouble(row + 2 * Double.BYTES)));
            }
        }
        return Optional.empty();
    }

    private List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        ByteBuffer reader = bytes.duplicate().position(Double.BYTES);
        while (reader.hasRemaining()) {
            String kind = text(reader);
            String version = text(reader);
            double persistence = reader.getDouble();
            Block block = new Block(kind, version, persistence, reader.getInt(), reader.position());
            blocks.add(block);
            reader.position(block.end());
        }
        return blocks;
    }

    private static String text(ByteBuffer reader) {
        int length = reader.getInt();
        String text = new String(reader.array(), reader.position(), length, StandardCharsets.UTF_8);
        reader.position(reader.position() + length);
        return text;
    }
}
