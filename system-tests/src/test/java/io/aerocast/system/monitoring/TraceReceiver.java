package io.aerocast.system.monitoring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

/// Receives traces as OpenTelemetry's collector does: OTLP over HTTP, as protobuf. Reads the fields of a span
/// that the tests need (`opentelemetry/proto/trace/v1/trace.proto`).
public final class TraceReceiver implements AutoCloseable {

    private final Queue<Span> spans = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    /// @param service name of the service that sent it
    /// @param parent id of the parent span, hexadecimal, empty for the root
    public record Span(String service, String trace, String id, String parent, String name) {}

    private TraceReceiver(HttpServer server) {
        this.server = server;
    }

    public static TraceReceiver start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TraceReceiver receiver = new TraceReceiver(server);
        server.createContext("/v1/traces", receiver::receive);
        server.start();
        return receiver;
    }

    /// Value of `aerocast.otlp.endpoint`.
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// The spans of a trace so far.
    public List<Span> spans(String trace) {
        return spans.stream().filter(span -> span.trace().equals(trace)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            fields(ByteBuffer.wrap(exchange.getRequestBody().readAllBytes()), (number, resourceSpans) -> {
                if (number == 1) {
                    resource(resourceSpans);
                }
            });
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void resource(ByteBuffer resourceSpans) {
        StringBuilder service = new StringBuilder();
        fields(resourceSpans, (number, part) -> {
            if (number == 1) {
                fields(part, (_, attribute) -> service(attribute, service));
            } else if (number == 2) {
                fields(part, (n, span) -> {
                    if (n == 2) {
                        spans.add(span(service.toString(), span));
                    }
                });
            }
        });
    }

    private static void service(ByteBuffer attribute, StringBuilder service) {
        String[] key = {""};
        fields(attribute, (number, field) -> {
            if (number == 1) {
                key[0] = text(field);
            } else if (key[0].equals("service.name")) {
                fields(field, (_, value) -> service.append(text(value)));
            }
        });
    }

    private static Span span(String service, ByteBuffer span) {
        String[] parts = {"", "", "", "", "", ""};
        fields(span, (number, field) -> {
            switch (number) {
                case 1, 2, 4 -> parts[number] = hex(field);
                case 5 -> parts[number] = text(field);
                default -> {}
            }
        });
        return new Span(service, parts[1], parts[2], parts[4], parts[5]);
    }

    /// Calls back for each length-delimited field; skips numbers.
    private static void fields(ByteBuffer message, BiConsumer<Integer, ByteBuffer> then) {
        message.order(ByteOrder.LITTLE_ENDIAN);
        while (message.hasRemaining()) {
            int tag = (int) varint(message);
            switch (tag & 7) {
                case 0 -> varint(message);
                case 1 -> message.getLong();
                case 5 -> message.getInt();
                case 2 -> {
                    int length = (int) varint(message);
                    ByteBuffer field = message.slice(message.position(), length);
                    message.position(message.position() + length);
                    then.accept(tag >>> 3, field);
                }
                default -> throw new IllegalArgumentException("Unexpected wire type %d".formatted(tag & 7));
            }
        }
    }

    private static long varint(ByteBuffer message) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = message.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static String hex(ByteBuffer field) {
        byte[] bytes = new byte[field.remaining()];
        field.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String text(ByteBuffer field) {
        return StandardCharsets.UTF_8.decode(field).toString();
    }
}
