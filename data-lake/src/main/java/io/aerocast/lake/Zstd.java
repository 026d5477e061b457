package io.aerocast.lake;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/// Zstandard pages straight through zstd-jni. Parquet's own factory asks Hadoop for its codecs, and with them for
/// another 30 MB of libraries and an XML configuration.
final class Zstd implements CompressionCodecFactory {

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        requireZstd(codec);
        return new Compressor();
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        requireZstd(codec);
        return new Decompressor();
    }

    @Override
    public void release() {
        // Nothing is held.
    }

    private static void requireZstd(CompressionCodecName codec) {
        if (codec != CompressionCodecName.ZSTD) {
            throw new IllegalArgumentException("Windows are compressed with ZSTD, found %s".formatted(codec));
        }
    }

    private static final class Compressor implements BytesInputCompressor {

        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
            return BytesInput.from(com.github.luben.zstd.Zstd.compress(bytes.toByteArray()));
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

    private static final class Decompressor implements BytesInputDecompressor {

        @Override
        public BytesInput decompress(BytesInput bytes, int size) throws IOException {
            return BytesInput.from(decompress(bytes.toByteArray(), size));
        }

        @Override
        public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int size) throws IOException {
            byte[] compressed = new byte[compressedSize];
            input.get(compressed);
            output.put(decompress(compressed, size));
        }

        @Override
        public void release() {
            // Nothing is held.
        }

        private static byte[] decompress(byte[] compressed, int size) throws IOException {
            try {
                byte[] bytes = com.github.luben.zstd.Zstd.decompress(compressed, size);
                if (bytes.length != size) {
                    throw new IOException("A page must unpack to %d bytes, found %d".formatted(size, bytes.length));
                }
                return bytes;
            } catch (com.github.luben.zstd.ZstdException e) {
                throw new IOException("A page cannot be unpacked: %s".formatted(e.getMessage()), e);
            }
        }
    }
}
