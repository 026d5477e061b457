package io.aerocast.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChecksumTest {

    /// The example of FIPS 180-4.
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void isTheSha256OfAllParts() {
        assertThat(Checksum.of(bytes("abc"))).isEqualTo(ABC);
        assertThat(Checksum.of(bytes("a"), bytes(""), bytes("bc"))).isEqualTo(ABC);
    }

    @Test
    void readsAStreamToItsEnd() throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes("abc"));

        assertThat(Checksum.of(in)).isEqualTo(ABC);
        assertThat(in.available()).isZero();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
