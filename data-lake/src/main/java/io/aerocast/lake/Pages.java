package io.aerocast.lake;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/// The compression of pages: windows are written as Zstandard, straight through zstd-jni; files that were made
/// elsewhere
/// may also be read as Snappy, gzip or plain. Parquet's own factory asks Hadoop for its codecs, and with them for
/// another
/// 30 MB of libraries and an XML configuration.
final class Pages implements CompressionCodecFactory {

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        if (codec != CompressionCodecName.ZSTD) {
            throw new IllegalArgumentException("Windows are compressed with ZSTD, not with %s".formatted(codec));
        }
        return new Compressor();
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return switch (codec) {
            case ZSTD -> new Decompressor(Pages::zstd);
            case SNAPPY -> new Decompressor((page, _) -> Snappy.uncompress(page));
            case GZIP -> new Decompressor((page, _) -> gunzip(page));
            case UNCOMPRESSED -> new Decompressor((page, _) -> page);
            default ->
                throw new IllegalArgumentException(
                        "expected pages compressed with ZSTD, SNAPPY, GZIP or not at all, found %s".formatted(codec));
        };
    }

    @Override
    public void release() {
        // Nothing is held.
    }

    private static byte[] zstd(byte[] page, int size) throws IOException {
        try {
            return Zstd.decompress(page, size);
        } catch (ZstdException e) {
            throw new IOException("A page cannot be unpacked: %s".formatted(e.getMessage()), e);
        }
    }

    private static byte[] gunzip(byte[] page) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(page))) {
            return in.readAllBytes();
        }
    }

    private interface Unpacking {
        byte[] unpack(byte[] page, int size) throws IOException;
    }

    private static final class Compressor implements BytesInputCompressor {

        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
            return BytesInput.from(Zstd.compress(bytes.toByteArray()));
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.ZSTD;
        }

        @Override
        public void release() {
            // Nothing is held.
        }
    }

    private record Decompressor(Unpacking unpacking) implements BytesInputDecompressor {

        @Override
        public BytesInput decompress(BytesInput bytes, int size) throws IOException {
            return BytesInput.from(unpacked(bytes.toByteArray(), size));
        }

        @Override
        public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int size) throws IOException {
            byte[] compressed = new byte[compressedSize];
            input.get(compressed);
            output.put(unpacked(compressed, size));
        }

        @Override
        public void release() {
            // Nothing is held.
        }

        private byte[] unpacked(byte[] page, int size) throws IOException {
            byte[] bytes = unpacking.unpack(page, size);
            if (bytes.length != size) {
                throw new IOException("A page must unpack to %d bytes, found %d".formatted(size, bytes.length));
            }
            return bytes;
        }
    }
}
