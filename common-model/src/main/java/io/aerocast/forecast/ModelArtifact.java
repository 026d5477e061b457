package io.aerocast.forecast;

import io.aerocast.event.Checksum;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A model as one portable file. Integers and doubles are little-endian:
///
/// | bytes | what |
/// |---|---|
/// | 8 | magic, `AEROCAST` in ASCII |
/// | 4 | version of the format, 2; version 1 is still read |
/// | 4 | length of the header in bytes |
/// | 4 | number of values |
/// | … | header, UTF-8 JSON: `card` (a [ModelCard]) and `tensors`, an array of `name` and `shape` |
/// | 8 each | the values of all tensors in the header's order, row-major |
/// | 32 | SHA-256 of all bytes before |
///
/// Equal models have equal bytes.
public final class ModelArtifact {

    private static final byte[] MAGIC = "AEROCAST".getBytes(StandardCharsets.US_ASCII);

    /// Version 2 adds tensors for a GRU's changes, cycles and further members, and for a seasonal model's trend,
    /// means of several features and autoregression, which replaces one share of the latest anomaly.
    private static final int VERSION = 2;

    private static final int OLDEST = 1;
    private static final int PREFIX = MAGIC.length + 3 * Integer.BYTES;
    private static final int CHECKSUM = 32;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ModelArtifact() {}

    private record Header(ModelCard card, List<Entry> tensors) {

        private Header {
            Objects.requireNonNull(card, "the header has no card");
            tensors = List.copyOf(tensors);
        }
    }

    private record Entry(String name, List<Integer> shape) {

        private Entry {
            Objects.requireNonNull(name, "a tensor has no name");
            shape = List.copyOf(shape);
        }
    }

    /// Writes a model.
    public static byte[] write(ForecastModel model) {
        List<Tensor> tensors = tensors(model);
        List<Entry> entries = tensors.stream()
                .map(tensor -> new Entry(tensor.name(), tensor.shape()))
                .toList();
        byte[] header = MAPPER.writeValueAsBytes(new Header(model.card(), entries));
        int values = tensors.stream().mapToInt(tensor -> tensor.values().length).sum();
        ByteBuffer bytes = littleEndian(new byte[Math.toIntExact(length(header.length, values))]);
        bytes.put(MAGIC).putInt(VERSION).putInt(header.length).putInt(values).put(header);
        for (Tensor tensor : tensors) {
            for (double value : tensor.values()) {
                bytes.putDouble(value);
            }
        }
        return bytes.put(digest(bytes.array(), bytes.position())).array();
    }

    /// Reads a model.
    ///
    /// @throws UnreadableModelException if the bytes are not an artifact, are truncated or corrupted, have an
    ///     unsupported version, or hold an inconsistent model
    public static ForecastModel read(byte[] artifact) {
        ByteBuffer bytes = littleEndian(artifact);
        requireMagic(bytes);
        try {
            requireVersion(bytes);
            byte[] header = new byte[requireLength(bytes)];
            requireChecksum(artifact);
            bytes.get(header);
            return model(header(header), bytes.limit(artifact.length - CHECKSUM));
        } catch (BufferUnderflowException e) {
            throw new UnreadableModelException(
                    "Cannot read model artifact: it is cut short, found %d bytes".formatted(artifact.length), e);
        } catch (JacksonException e) {
            throw new UnreadableModelException("Cannot read model artifact: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new UnreadableModelException("Cannot read model artifact: " + e.getMessage(), e);
        }
    }

    /// SHA-256 of an artifact, hexadecimal, as in events and run records.
    public static String sha256(byte[] artifact) {
        return Checksum.of(artifact);
    }

    private static List<Tensor> tensors(ForecastModel model) {
        return switch (model) {
            case GruModel gru -> gru.tensors();
            case SeasonalModel seasonal -> seasonal.tensors();
            case RidgeModel ridge -> ridge.tensors();
        };
    }

    private static Header header(byte[] json) {
        Header header = MAPPER.readValue(json, Header.class);
        if (header == null) { // the JSON null
            throw new UnreadableModelException("Cannot read model artifact: the header is null");
        }
        return header;
    }

    private static ForecastModel model(Header header, ByteBuffer bytes) {
        List<Tensor> list = new ArrayList<>();
        for (Entry entry : header.tensors()) {
            double[] values = new double[Math.min(Tensor.size(entry.shape()), bytes.remaining() / Double.BYTES)];
            for (int i = 0; i < values.length; i++) {
                values[i] = bytes.getDouble();
            }
            list.add(new Tensor(entry.name(), entry.shape(), values));
        }
        if (bytes.hasRemaining()) {
            throw new UnreadableModelException("Cannot read model artifact: %d values follow the last tensor"
                    .formatted(bytes.remaining() / Double.BYTES));
        }
        Tensors tensors = new Tensors(list);
        return switch (header.card().model()) {
            case GruModel.KIND -> GruModel.from(header.card(), tensors);
            case SeasonalModel.KIND -> SeasonalModel.from(header.card(), tensors);
            case RidgeModel.KIND -> RidgeModel.from(header.card(), tensors);
            default ->
                throw new UnreadableModelException("Cannot read model artifact of kind '%s' (supported: %s)"
                        .formatted(header.card().model(), String.join(", ", ModelKinds.TRAINED)));
        };
    }

    private static void requireMagic(ByteBuffer bytes) {
        byte[] start = new byte[Math.min(MAGIC.length, bytes.remaining())];
        bytes.get(start);
        if (!Arrays.equals(start, MAGIC)) {
            throw new UnreadableModelException(
                    "Cannot read model artifact: it must start with AEROCAST, found bytes %s of %d"
                            .formatted(HexFormat.of().formatHex(start), bytes.capacity()));
        }
    }

    private static void requireVersion(ByteBuffer bytes) {
        int version = bytes.getInt();
        if (version < OLDEST || version > VERSION) {
            throw new UnreadableModelException("Cannot read model artifact version %s (supported: %d to %d)"
                    .formatted(Integer.toUnsignedString(version), OLDEST, VERSION));
        }
    }

    /// @return the length of the header
    private static int requireLength(ByteBuffer bytes) {
        int header = bytes.getInt();
        int values = bytes.getInt();
        long expected = length(Integer.toUnsignedLong(header), Integer.toUnsignedLong(values));
        if (expected != bytes.capacity()) {
            throw new UnreadableModelException(
                    "Cannot read model artifact: expected %d bytes, found %d".formatted(expected, bytes.capacity()));
        }
        return header;
    }

    private static void requireChecksum(byte[] artifact) {
        int content = artifact.length - CHECKSUM;
        byte[] found = digest(artifact, content);
        byte[] expected = Arrays.copyOfRange(artifact, content, artifact.length);
        if (!MessageDigest.isEqual(found, expected)) {
            throw new UnreadableModelException(
                    "Cannot read model artifact: it is corrupted, expected SHA-256 %s, found %s"
                            .formatted(
                                    HexFormat.of().formatHex(expected),
                                    HexFormat.of().formatHex(found)));
        }
    }

    private static long length(long header, long values) {
        return PREFIX + header + values * Double.BYTES + CHECKSUM;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] digest(byte[] bytes, int length) {
        MessageDigest digest = Checksum.digest();
        digest.update(bytes, 0, length);
        return digest.digest();
    }
}
