package io.aerocast.system.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.standalone.runtime.Service;
import io.aerocast.system.http.RunningServices.Handle;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Sends generated requests and holds every reply against the documented forms. More of them:
/// `-Daerocast.hostile.requests=12500` for each service, `-Daerocast.hostile.seed=7` for others.
@ExtendWith(RunningServices.class)
class HostileRequestsTest {

    private static final int REQUESTS = Integer.getInteger("aerocast.hostile.requests", 2_000);
    private static final long SEED = Long.getLong("aerocast.hostile.seed", 1);
    private static final int CLIENTS = 8;
    private static final int SHOWN = 10;

    /// A transfer encoding and a version that nobody implements, which RFC 9110 refuses by these; and a reason to wait.
    private static final Set<Integer> ALLOWED = Set.of(501, 503, 505);

    /// A request with its whole head; that of HTTP/0.9 has no version, and no reply.
    private static final Pattern COMPLETE =
            Pattern.compile("[^ \\v]+ [^ \\v]+ HTTP/1\\.[01]\r\n.*\r\n\r\n.*", Pattern.DOTALL);

    private static final Pattern BODY = Pattern.compile("Content-Length:|Transfer-Encoding:");

    private final Handle services;

    HostileRequestsTest(Handle services) {
        this.services = services;
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void everyReplyHasADocumentedForm(Service service) throws IOException {
        ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
        Map<Integer, AtomicInteger> replies = send(service, faults);

        System.err.printf("%s: %d hostile requests, replies by status %s%n", service.label(), REQUESTS, replies);
        assertThat(faults.stream().limit(SHOWN)).as("%d faults", faults.size()).isEmpty();
        assertThat(replies.keySet()).contains(200, 400, 404, 405);
        assertThat(services.get(service, "/healthz").status()).isEqualTo(200);
        assertThat(services.get(service, "/readyz").status()).isEqualTo(200);
    }

    /// @return number of replies by status; 0 for a connection that was closed without one
    private Map<Integer, AtomicInteger> send(Service service, ConcurrentLinkedQueue<String> faults) {
        Map<Integer, AtomicInteger> replies = new TreeMap<>();
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Stream.generate(() -> (Runnable) () -> {
                        for (int i = next.getAndIncrement(); i < REQUESTS; i = next.getAndIncrement()) {
                            int status = send(service, SEED * 1_000_003 + i, faults);
                            synchronized (replies) {
                                replies.computeIfAbsent(status, _ -> new AtomicInteger())
                                        .incrementAndGet();
                            }
                        }
                    })
                    .limit(CLIENTS)
                    .forEach(clients::submit);
        }
        return replies;
    }

    private int send(Service service, long seed, ConcurrentLinkedQueue<String> faults) {
        byte[] request = HostileRequests.request(service, seed);
        try {
            RawReply reply = RawReply.to(services.port(service), request);
            require(request, reply);
            return reply == null ? 0 : reply.status();
        } catch (IOException | RuntimeException | AssertionError e) {
            String shown = new String(request, ISO_8859_1);
            faults.add("seed %d: %s%n%s".formatted(seed, e, shown.substring(0, Math.min(1_500, shown.length()))));
            return -1;
        }
    }

    private static void require(byte[] request, @Nullable RawReply reply) {
        String text = new String(request, ISO_8859_1);
        if (reply == null) {
            assertThat(COMPLETE.matcher(text).matches() && !BODY.matcher(text).find())
                    .as("a complete request has a reply")
                    .isFalse();
            return;
        }
        assertThat(reply.status())
                .as("%s", reply)
                .matches(status -> status < 500 || ALLOWED.contains(status), "no fault of the service");
        if (reply.status() >= 400 && !text.startsWith("HEAD ") && !isHealth(reply)) {
            reply.problem();
        } else {
            reply.requireHeaders();
        }
    }

    /// The health of a service that is not ready, in the form of Spring Boot.
    private static boolean isHealth(RawReply reply) {
        return reply.status() == 503 && reply.body().startsWith("{\"status\":\"");
    }
}
