package io.aerocast.trainer.schedule;

import io.aerocast.event.RetrainSignal;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.EventPublisher;
import io.aerocast.service.StartsWithTopics;
import io.aerocast.service.Worker;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.record.RunRecords;
import io.aerocast.trainer.schedule.LandedTimes.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Raises the signals of [Schedule] and [SecondTries] on the retrain topic, like those of any other service:
/// they are answered once, whoever raises them. The records are read again only when data have landed or a
/// record has changed.
final class Scheduler extends StartsWithTopics {

    private static final Logger log = LoggerFactory.getLogger(Scheduler.class);
    private static final Duration STOP = Duration.ofSeconds(2);

    private final Pipelines pipelines;
    private final ScheduleProperties properties;
    private final Schedule schedule;
    private final SecondTries secondTries;
    private final LandedTimes landed;
    private final RunRecords runs;
    private final EventPublisher events;
    private final InstantSource clock;
    private final Worker worker = Worker.interruptible("schedule", STOP, this::watch);
    private final Map<String, Seen> seen = new HashMap<>();

    /// What the last look failed with, by pipeline: logged once.
    private final Map<String, String> troubles = new HashMap<>();

    private final Map<String, Set<String>> raised = new HashMap<>();

    Scheduler(
            Pipelines pipelines,
            ScheduleProperties properties,
            Schedule schedule,
            SecondTries secondTries,
            LandedTimes landed,
            RunRecords runs,
            EventPublisher events,
            InstantSource clock) {
        this.pipelines = pipelines;
        this.properties = properties;
        this.schedule = schedule;
        this.secondTries = secondTries;
        this.landed = landed;
        this.runs = runs;
        this.events = events;
        this.clock = clock;
    }

    /// What the last look was based on.
    ///
    /// @param runs see [RunRecords#state]
    private record Seen(Span landed, int runs) {}

    @Override
    protected void begin() {
        worker.start();
    }

    @Override
    protected void end() {
        worker.stop();
    }

    private void watch() throws InterruptedException {
        while (!worker.stopping()) {
            for (Pipeline pipeline : pipelines.all()) {
                lookSafely(pipeline);
            }
            worker.pause(properties.interval());
        }
    }

    /// An error does not end the watch: the next look may succeed.
    private void lookSafely(Pipeline pipeline) throws InterruptedException {
        try {
            look(pipeline);
            troubles.remove(pipeline.name());
        } catch (IOException | RuntimeException e) {
            String cause = e.toString();
            if (!cause.equals(troubles.put(pipeline.name(), cause))) {
                log.atError()
                        .addKeyValue("pipeline", pipeline.name())
                        .setCause(e)
                        .log("schedule cannot be checked, trying again");
            }
        }
    }

    private void look(Pipeline pipeline) throws IOException, InterruptedException {
        Optional<Span> span = landed.of(pipeline);
        if (span.isEmpty()) {
            return;
        }
        Seen now = new Seen(span.get(), runs.state());
        if (now.equals(seen.get(pipeline.name())) && properties.clock() == ScheduleProperties.Clock.OBSERVATION) {
            return;
        }
        Set<String> before = raised.getOrDefault(pipeline.name(), Set.of());
        Set<String> due = new HashSet<>();
        for (RetrainSignal signal : due(pipeline, span.get())) {
            if (before.contains(signal.id()) || raise(signal)) {
                due.add(signal.id());
            } else {
                return; // The broker is away: the next look tries again.
            }
        }
        raised.put(pipeline.name(), due);
        seen.put(pipeline.name(), now);
    }

    private List<RetrainSignal> due(Pipeline pipeline, Span span) throws IOException {
        List<RunRecord> records = runs.all().stream()
                .filter(run -> run.signal().pipeline().equals(pipeline.name()))
                .toList();
        Instant now = clock.instant();
        List<RetrainSignal> due = new ArrayList<>(secondTries.due(pipeline, records, span, now));
        if (properties.enabled() && !Schedule.isInProgress(records, now)) {
            schedule.due(pipeline, schedule.lastTrained(pipeline, records), span, now)
                    .ifPresent(due::add);
        }
        return due;
    }

    /// @return whether the broker has acknowledged it
    private boolean raise(RetrainSignal signal) throws IOException, InterruptedException {
        if (runs.find(RunRecord.idOf(signal.id())).isPresent()) {
            return true; // An earlier process has raised it.
        }
        try {
            events.publish(Topics.RETRAIN, signal.pipeline(), signal).get();
        } catch (ExecutionException _) {
            return false; // Logged by the publisher.
        }
        log.atInfo()
                .addKeyValue("signal", signal.id())
                .addKeyValue("pipeline", signal.pipeline())
                .addKeyValue("reason", signal.reason().label())
                .addKeyValue("note", signal.note())
                .log("signal raised by schedule");
        return true;
    }
}
