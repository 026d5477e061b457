package io.aerocast.api.feed;

import io.aerocast.api.feed.FeedEvent.Kind;
import io.aerocast.api.training.TrainerClient;
import io.aerocast.service.Worker;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes events of the progress of trainings, which is on no topic: asks the trainer every second while anybody
/// listens. A trainer that does not answer is asked again.
final class TrainingWatch implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final TrainerClient trainer;
    private final EventFeed feed;
    private final BooleanSupplier listened;
    private final Map<String, JsonNode> open = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final Worker worker = Worker.interruptible("watch-trainings", GRACE, this::watch);
    private boolean asked;

    TrainingWatch(TrainerClient trainer, EventFeed feed, BooleanSupplier listened) {
        this.trainer = trainer;
        this.feed = feed;
        this.listened = listened;
    }

    /// Has no effect without an address of the trainer.
    void start() {
        if (trainer.configured()) {
            worker.start();
        }
    }

    private void watch() throws InterruptedException {
        while (!worker.stopping()) {
            worker.pause(PERIOD);
            if (listened.getAsBoolean()) {
                ask();
            }
        }
    }

    private void ask() {
        try {
            JsonNode runs = trainer.get("/trainings?limit=20");
            runs.path("open").forEach(this::progress);
            Set<String> listed = new HashSet<>();
            for (JsonNode run : runs.path("ended")) {
                listed.add(end(run));
            }
            ended.retainAll(listed);
            asked = true;
        } catch (ErrorResponseException _) {
            // GET /v1/status shows that it does not answer.
        }
    }

    private void progress(JsonNode run) {
        if (!run.equals(open.put(run.path("run").asString(""), run))) {
            publish(run);
        }
    }

    /// What had ended before the first question is no event.
    ///
    /// @return the run's id
    private String end(JsonNode run) {
        String id = run.path("run").asString("");
        open.remove(id);
        if (ended.add(id) && asked && run instanceof ObjectNode object) {
            publish(object.deepCopy().put("phase", "ended"));
        }
        return id;
    }

    private void publish(JsonNode run) {
        feed.publish(FeedEvent.of(Kind.TRAINING, run.path("pipeline").asString(""), null, run));
    }

    @Override
    public void close() {
        worker.stop();
    }
}
