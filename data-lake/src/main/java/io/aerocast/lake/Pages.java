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

/// Compression of parquet pages. Windows are written with Zstandard, directly by zstd-jni; files from other tools
/// may also use Snappy, gzip or no compression. Parquet's own factory takes its codecs from Hadoop, which needs
/// another 30 MB of libraries and an XML configuration.
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
                        "expected pages compressed with ZSTD, SNAPPY or GZIP, or UNCOMPRESSED ones, found %s"
                                .formatted(codec));
        };
    }

    @Override
    public void release() {
        // No resources to release.
    }

    private static byte[] zstd(byte[] page, int size) throws IOException {
        try {
            return Zstd.decompress(page, size);
        } catch (ZstdException e) {
            throw new IOException("Cannot decompress a page: %s".formatted(e.getMessage()), e);
        }
    }

    private static byte[] gunzip(byte[] page) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(page))) {
            return in.readAllBytes();
        }
    }

    private interface Decompression {
        byte[] decompress(byte[] page, int size) throws IOException;
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
            // No resources to release.
        }
    }

    private record Decompressor(Decompression decompression) implements BytesInputDecompressor {

        @Override
        public BytesInput decompress(BytesInput bytes, int size) throws IOException {
            return BytesInput.from(decompressed(bytes.toByteArray(), size));
        }

        @Override
        public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int size) throws IOException {
            byte[] compressed = new byte[compressedSize];
            input.get(compressed);
            output.put(decompressed(compressed, size));
        }

        @Override
        public void release() {
            // No resources to release.
        }

        private byte[] decompressed(byte[] page, int size) throws IOException {
            byte[] bytes = decompression.decompress(page, size);
            if (bytes.length != size) {
                throw new IOException("A page must decompress to %d bytes, found %d".formatted(size, bytes.length));
            }
            return bytes;
        }
    }
}
