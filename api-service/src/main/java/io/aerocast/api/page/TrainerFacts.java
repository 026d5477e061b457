package io.aerocast.api.page;

import io.aerocast.api.page.TrainerView.ProbationView;
import io.aerocast.api.page.TrainerView.RunView;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The facts of the trainer's `GET /healthz`. A request for them asks the trainer in the background, at most
/// every few seconds, and gets the answer to the question before: nobody waits for the trainer. Safe for use by
/// several threads.
final class TrainerFacts implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final @Nullable URI url;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final AtomicLong asked = new AtomicLong(System.nanoTime() - PERIOD.toNanos());
    private volatile @Nullable TrainerView newest;

    /// @param url address of the trainer, or `null` without one
    TrainerFacts(@Nullable URI url) {
        this.url = url;
    }

    /// The newest known facts; empty without an address, or before the first answer.
    Optional<TrainerView> newest() {
        long before = asked.get();
        long now = System.nanoTime();
        if (url != null && now - before >= PERIOD.toNanos() && asked.compareAndSet(before, now)) {
            ask(url);
        }
        return Optional.ofNullable(newest);
    }

    private void ask(URI trainer) {
        HttpRequest request = HttpRequest.newBuilder(trainer.resolve("/healthz"))
                .timeout(TIMEOUT)
                .build();
        http.sendAsync(request, BodyHandlers.ofString())
                .thenApply(reply -> view(trainer, reply))
                .exceptionally(_ -> new TrainerView(trainer, false, List.of(), List.of()))
                .thenAccept(view -> newest = view);
    }

    /// A reply of another form throws, and counts as none.
    private static TrainerView view(URI trainer, HttpResponse<String> reply) {
        JsonNode facts = JsonMapper.shared().readTree(reply.body());
        return new TrainerView(
                trainer,
                reply.statusCode() == 200,
                each(facts.path("training").path("runs"), TrainerFacts::run),
                each(facts.path("probation"), TrainerFacts::probation));
    }

    private static <T> List<T> each(JsonNode array, Function<JsonNode, T> view) {
        return StreamSupport.stream(array.spliterator(), false).map(view).toList();
    }

    private static RunView run(JsonNode run) {
        JsonNode since = run.path("since");
        return new RunView(
                text(run, "pipeline"),
                text(run, "phase"),
                text(run, "reason"),
                run.path("samples").intValue(0),
                run.path("needed").intValue(0),
                since.isString() ? Instant.parse(since.stringValue()) : null);
    }

    private static ProbationView probation(JsonNode model) {
        return new ProbationView(
                text(model, "pipeline"),
                text(model, "feature"),
                text(model, "model"),
                text(model, "version"),
                text(model, "champion"),
                model.path("gridTimes").intValue(0),
                model.path("of").intValue(0));
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).stringValue("");
    }

    @Override
    public void close() {
        http.close();
    }
}
