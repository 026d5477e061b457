package io.aerocast.api.page;

import io.aerocast.api.model.ServedModels;
import io.aerocast.api.page.StatusView.Check;
import io.aerocast.api.page.StatusView.PipelineView;
import io.aerocast.api.topic.TopicFollower;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.TopicProvisioner;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /v1/status`, also `/status`: the models that serve and the health of this replica. Reply: [StatusView].
@RestController
final class StatusController {

    private final Instant startedAt = Instant.now();
    private final Pipelines pipelines;
    private final ServedModels served;
    private final TopicProvisioner broker;
    private final List<TopicFollower<?>> followed;
    private final TrainerFacts trainer;
    private final LinksProperties links;

    StatusController(
            Pipelines pipelines,
            ServedModels served,
            TopicProvisioner broker,
            List<TopicFollower<?>> followed,
            TrainerFacts trainer,
            LinksProperties links) {
        this.pipelines = pipelines;
        this.served = served;
        this.broker = broker;
        this.followed = followed;
        this.trainer = trainer;
        this.links = links;
    }

    @GetMapping({"/status", "/v1/status"})
    StatusView status() {
        return new StatusView(
                Instant.now(),
                startedAt,
                List.of(broker(), topics(), history()),
                pipelines.all().stream()
                        .map(p -> PipelineView.of(p, served.serving(p), links.runs(p.name())))
                        .toList(),
                served.refused(),
                trainer.newest().orElse(null),
                links);
    }

    private Check broker() {
        boolean ok = broker.connected();
        return new Check(
                "broker",
                ok,
                broker.connectedSince(),
                "%s %s".formatted(broker.brokers(), ok ? "answers" : "does not answer; it is tried again and again"));
    }

    private Check topics() {
        boolean ok = broker.ready();
        return new Check(
                "topics",
                ok,
                broker.readySince(),
                ok ? "every topic exists, and the stream was started" : "waits for the broker to have every topic");
    }

    /// Whether the topics have been read to their end, from which models, errors and drift states come.
    private Check history() {
        String unread = followed.stream()
                .filter(f -> !f.caughtUp())
                .map(TopicFollower::topic)
                .sorted()
                .collect(Collectors.joining(", "));
        return new Check(
                "history",
                unread.isEmpty(),
                unread.isEmpty() ? readAt() : startedAt,
                unread.isEmpty()
                        ? "what the topics held at the start has been read"
                        : "not read to the end yet, so that older models and states may be shown: " + unread);
    }

    private Instant readAt() {
        return followed.stream()
                .map(TopicFollower::caughtUpAt)
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .orElse(startedAt);
    }
}
