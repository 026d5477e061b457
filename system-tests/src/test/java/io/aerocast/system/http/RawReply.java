package io.aerocast.system.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A reply as it stands on the wire. HTTP clients send no malformed requests, and hide parts of the replies to them.
///
/// @param headers by name in lower case, the last one of each name
record RawReply(int status, Map<String, String> headers, String body) {

    static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final String PROBLEM = "application/problem+json";

    /// The first final reply to a request.
    ///
    /// @param request as it is sent, in ISO 8859-1
    /// @throws IOException if there is none in time
    static RawReply to(int port, String request) throws IOException {
        RawReply reply = to(port, request.getBytes(ISO_8859_1));
        if (reply == null) {
            throw new EOFException("the connection was closed without a reply");
        }
        return reply;
    }

    /// The first final reply to a request, after which the client sends no more.
    ///
    /// @return `null` if the connection was closed without a reply
    /// @throws IOException if neither happens in time
    static @Nullable RawReply to(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) TIMEOUT.toMillis());
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            Thread sender = Thread.ofVirtual().start(() -> send(socket, request));
            try {
                return new Reader(socket.getInputStream(), isHead(request)).read();
            } finally {
                sender.interrupt();
            }
        }
    }

    /// The server may reply and close the connection before it has read everything.
    private static void send(Socket socket, byte[] request) {
        try {
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
        } catch (IOException _) {
            // The reply decides.
        }
    }

    private static boolean isHead(byte[] request) {
        return new String(request, 0, Math.min(5, request.length), ISO_8859_1).equals("HEAD ");
    }

    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(body);
    }

    /// Requires the documented form of an error.
    ///
    /// @return its problem detail
    JsonNode problem() {
        assertThat(header("Content-Type")).isEqualTo(PROBLEM);
        JsonNode problem = json();
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("title").stringValue("")).isNotBlank();
        assertThat(problem.path("detail").stringValue("")).isNotBlank();
        assertThat(problem.path("instance").stringValue("")).startsWith("/");
        assertThat(problem.path("requestId").stringValue("")).isEqualTo(header("X-Request-Id"));
        requireHeaders();
        return problem;
    }

    /// Requires the headers of every reply.
    void requireHeaders() {
        assertThat(header("X-Request-Id")).matches("[A-Za-z0-9._-]{1,64}");
        assertThat(header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header("Content-Security-Policy")).startsWith("default-src 'none'");
    }

    /// Reads one reply of HTTP/1.1.
    private record Reader(InputStream in, boolean head) {

        private @Nullable RawReply read() throws IOException {
            while (true) {
                String line = line();
                if (line == null) {
                    return null;
                }
                int status = Integer.parseInt(line.split(" ")[1]);
                Map<String, String> headers = headers();
                if (status >= 200) {
                    return new RawReply(status, headers, new String(body(status, headers), UTF_8));
                }
            }
        }

        private Map<String, String> headers() throws IOException {
            Map<String, String> headers = new TreeMap<>();
            for (String line = line(); line != null && !line.isEmpty(); line = line()) {
                String[] parts = line.split(":", 2);
                headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
            }
            return headers;
        }

        private byte[] body(int status, Map<String, String> headers) throws IOException {
            if (head || status == 204 || status == 304) {
                return new byte[0];
            }
            if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
                return chunks();
            }
            String length = headers.get("content-length");
            return length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
        }

        private byte[] chunks() throws IOException {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            while (true) {
                int length = Integer.parseInt(String.valueOf(line()).strip(), 16);
                all.write(in.readNBytes(length));
                line();
                if (length == 0) {
                    return all.toByteArray();
                }
            }
        }

        /// @return `null` at the end
        private @Nullable String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int c = in.read();
            while (c >= 0 && c != '\n') {
                line.write(c);
                c = in.read();
            }
            return c < 0 && line.size() == 0 ? null : line.toString(ISO_8859_1).stripTrailing();
        }
    }
}
