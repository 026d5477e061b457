package io.aerocast.api.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.aerocast.api.training.TrainerClient;
import io.aerocast.api.training.TrainerProperties;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrainingWatchTest {

    private static final String FITTING = """
            {"open": [{"run": "r2", "pipeline": "sim", "phase": "fitting", "epoch": %d}],
             "ended": [{"run": "r1", "pipeline": "sim", "state": "finished"}]}""";
    private static final String ENDED = """
            {"open": [], "ended": [{"run": "r2", "pipeline": "sim", "state": "finished"},
                                   {"run": "r1", "pipeline": "sim", "state": "finished"}]}""";

    private final AtomicReference<String> reply = new AtomicReference<>(FITTING.formatted(1));

    @Test
    void makesAnEventOfEachChange() throws Exception {
        HttpServer trainer = answering();
        URI url = URI.create("http://127.0.0.1:" + trainer.getAddress().getPort());
        EventFeed feed = new EventFeed(10);
        try (TrainerClient client = new TrainerClient(new TrainerProperties(url, Duration.ofSeconds(5)));
                TrainingWatch watch = new TrainingWatch(client, feed, () -> true)) {
            watch.start();

            assertThat(next(feed, 0))
                    .extracting(run -> run.path("epoch").intValue())
                    .containsExactly(1);
            reply.set(FITTING.formatted(2));
            assertThat(next(feed, 1))
                    .extracting(run -> run.path("epoch").intValue())
                    .containsExactly(2);
            reply.set(ENDED);
            assertThat(next(feed, 2)).singleElement().satisfies(run -> {
                assertThat(run.path("run").asString()).isEqualTo("r2");
                assertThat(run.path("phase").asString()).isEqualTo("ended");
                assertThat(run.path("state").asString()).isEqualTo("finished");
            });
        } finally {
            trainer.stop(0);
        }
    }

    private static List<JsonNode> next(EventFeed feed, long position) throws InterruptedException {
        List<JsonNode> data = new ArrayList<>();
        for (FeedEvent event :
                feed.after(position, Duration.ofSeconds(20)).orElseThrow().events()) {
            data.add(JsonMapper.shared().readTree(event.data().json(JsonMapper.shared())));
        }
        return data;
    }

    private HttpServer answering() throws IOException {
        HttpServer trainer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        trainer.createContext("/trainings", exchange -> {
            byte[] body = reply.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        trainer.start();
        return trainer;
    }
}
