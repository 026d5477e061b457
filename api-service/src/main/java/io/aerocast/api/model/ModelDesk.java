package io.aerocast.api.model;

import io.aerocast.api.model.Admission.Admitted;
import io.aerocast.api.model.Admission.Fault;
import io.aerocast.api.model.Admission.Refused;
import io.aerocast.event.ModelPublished;
import io.aerocast.event.RetrainReason;
import io.aerocast.forecast.ModelCard;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.forecast.ShippedModels;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Admits models: the shipped ones at the start, then the published ones, so that the last published one serves,
/// whatever its version: events of one record key arrive in the order of their publication, whatever the clocks
/// of their publishers. An event of an earlier version has another key, so the topic may deliver it late: one
/// that was published before the serving model does not replace it. A refused model is logged and counted, and
/// the present model continues to serve.
final class ModelDesk {

    private static final Logger log = LoggerFactory.getLogger(ModelDesk.class);

    /// A simulated station recovers in seconds; an hourly one takes a week to deliver the data for a training.
    private static final Duration[] TIME_TO_SERVING = {
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(30),
        Duration.ofHours(6),
        Duration.ofDays(1),
        Duration.ofDays(7),
        Duration.ofDays(14)
    };

    private final ModelGate gate;
    private final ServedModels served;
    private final MeterRegistry meters;
    private final MultiGauge info;
    private final Instant started = Instant.now();

    ModelDesk(ModelGate gate, ServedModels served, MeterRegistry meters) {
        this.gate = gate;
        this.served = served;
        this.meters = meters;
        this.info = MultiGauge.builder("aerocast.model.info")
                .description("1 for each model that serves")
                .register(meters);
    }

    /// Serves the shipped models.
    ///
    /// @throws IllegalStateException if a shipped artifact cannot be read
    void serveShipped(Pipelines pipelines) {
        for (Pipeline pipeline : pipelines.all()) {
            for (Pipeline view : pipeline.views()) {
                serveShipped(view);
            }
        }
    }

    private void serveShipped(Pipeline view) {
        for (String kind : ModelKinds.TRAINED) {
            ShippedModels.find(view.name(), view.target().name(), kind)
                    .ifPresent(artifact -> serveShipped(artifact, view, kind));
        }
    }

    private void serveShipped(byte[] artifact, Pipeline view, String kind) {
        switch (gate.examineShipped(artifact, view, kind)) {
            case Admitted(ServedModel model) -> serve(model, Instant.EPOCH);
            case Refused(Fault fault, String reason) -> {
                if (fault == Fault.CORRUPT) {
                    throw new IllegalStateException("The shipped model %s of %s of pipeline %s is broken: %s"
                            .formatted(kind, view.target().name(), view.name(), reason));
                }
                // A pipelines file may redefine a built-in pipeline, which then has no model before its first training.
                log.atWarn()
                        .addKeyValue("pipeline", view.name())
                        .addKeyValue("feature", view.target().name())
                        .addKeyValue("model", kind)
                        .addKeyValue("reason", reason)
                        .log("shipped model does not fit its pipeline");
            }
        }
    }

    /// Serves a published model if the gate admits it.
    void receive(ModelPublished event) {
        switch (gate.examine(event)) {
            case Admitted(ServedModel model) -> {
                if (event.feature() != null || !served.servesNewer(model, event.publishedAt())) {
                    serve(model, event.publishedAt());
                    time(event, model.card());
                }
            }
            case Refused refused -> report(event, refused);
        }
    }

    private void serve(ServedModel model, Instant publishedAt) {
        ServedModel before = served.swap(model, publishedAt);
        ModelCard card = model.card();
        Counter.builder("aerocast.model.swaps")
                .description("Models that replaced another one")
                .tags("pipeline", card.pipeline(), "feature", card.target(), "model", card.model())
                .register(meters)
                .increment(before == null ? 0 : 1);
        info.register(
                served.all().stream()
                        .map(m -> MultiGauge.Row.of(tags(m.card()), 1))
                        .toList(),
                true);
        log.atInfo()
                .addKeyValue("pipeline", card.pipeline())
                .addKeyValue("feature", card.target())
                .addKeyValue("model", card.model())
                .addKeyValue("version", card.version())
                .addKeyValue("before", before == null ? "none" : before.version())
                .log("model serves");
    }

    /// Only for models that were published after the start: older ones are read again and answer no signal of now.
    private void time(ModelPublished event, ModelCard card) {
        Instant raised = event.signalRaisedAt();
        RetrainReason reason = event.reason();
        if (raised != null && reason != null && event.publishedAt().isAfter(started)) {
            Timer.builder("aerocast.signal.to.serving")
                    .description("Time from a retrain signal to serving the model that it led to")
                    .tags(
                            "pipeline",
                            card.pipeline(),
                            "feature",
                            card.target(),
                            "model",
                            card.model(),
                            "reason",
                            reason.label())
                    .serviceLevelObjectives(TIME_TO_SERVING)
                    .register(meters)
                    .record(Duration.between(raised, Instant.now()));
        }
    }

    private void report(ModelPublished event, Refused refused) {
        served.refuse(new Refusal(
                event.pipeline(),
                gate.feature(event),
                event.model(),
                event.version(),
                event.publishedAt(),
                refused.reason()));
        Counter.builder("aerocast.models.refused")
                .description("Published models that were refused")
                .tag("fault", refused.fault().label())
                .register(meters)
                .increment();
        log.atError()
                .addKeyValue("pipeline", event.pipeline())
                .addKeyValue("feature", gate.feature(event))
                .addKeyValue("model", event.model())
                .addKeyValue("version", event.version())
                .addKeyValue("reason", refused.reason())
                .log("published model refused");
    }

    private static Tags tags(ModelCard card) {
        return Tags.of(
                "pipeline",
                card.pipeline(),
                "feature",
                card.target(),
                "model",
                card.model(),
                "version",
                card.version());
    }
}
