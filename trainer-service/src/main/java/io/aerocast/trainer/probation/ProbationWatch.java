package io.aerocast.trainer.probation;

import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.HealthFact;
import io.aerocast.service.StartsWithTopics;
import io.aerocast.service.Worker;
import io.aerocast.trainer.probation.Probations.OnProbation;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.record.RunRecords;
import io.aerocast.trainer.schedule.LandedTimes;
import io.aerocast.trainer.schedule.LandedTimes.Span;
import io.aerocast.training.dataset.LandedData;
import io.aerocast.training.dataset.LandedData.Landed;
import io.aerocast.training.dataset.Sample;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks for new data and lets [Probations] compare. `probation` on `GET /healthz` lists the models on probation.
final class ProbationWatch extends StartsWithTopics implements HealthFact {

    private static final Logger log = LoggerFactory.getLogger(ProbationWatch.class);
    private static final Duration STOP = Duration.ofSeconds(2);

    private final Pipelines pipelines;
    private final ProbationProperties properties;
    private final Probations probations;
    private final LandedTimes landed;
    private final LandedData data;
    private final RunRecords runs;
    private final Duration interval;
    private final Worker worker = Worker.interruptible("probation", STOP, this::watch);
    private final Map<String, Seen> seen = new HashMap<>();

    /// What the last look failed with, by pipeline: logged once.
    private final Map<String, String> troubles = new HashMap<>();

    /// @param interval pause between two looks
    ProbationWatch(
            Pipelines pipelines,
            ProbationProperties properties,
            Probations probations,
            LandedTimes landed,
            LandedData data,
            RunRecords runs,
            Duration interval) {
        this.pipelines = pipelines;
        this.properties = properties;
        this.probations = probations;
        this.landed = landed;
        this.data = data;
        this.runs = runs;
        this.interval = interval;
    }

    /// What the last look was based on.
    ///
    /// @param runs see [RunRecords#state]
    private record Seen(Span landed, int runs) {}

    @Override
    protected void begin() {
        if (properties.gridTimes() > 0) {
            worker.start();
        }
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
            worker.pause(interval);
        }
    }

    /// An error does not end the watch: the next look may succeed.
    private void lookSafely(Pipeline pipeline) throws InterruptedException {
        try {
            Optional<Span> span = landed.of(pipeline);
            if (span.isPresent()) {
                Seen now = new Seen(span.get(), runs.state());
                if (!now.equals(seen.put(pipeline.name(), now))) {
                    look(pipeline, span.get().to());
                }
            }
            troubles.remove(pipeline.name());
        } catch (IOException | RuntimeException e) {
            seen.remove(pipeline.name());
            String cause = e.toString();
            if (!cause.equals(troubles.put(pipeline.name(), cause))) {
                log.atError()
                        .addKeyValue("pipeline", pipeline.name())
                        .setCause(e)
                        .log("probations cannot be checked, trying again");
            }
        }
    }

    private void look(Pipeline pipeline, Instant newest) throws IOException, InterruptedException {
        List<RunRecord> records = runs.all().stream()
                .filter(run -> run.signal().pipeline().equals(pipeline.name()))
                .toList();
        Supplier<Map<String, List<Sample>>> samples = once(() -> samples(pipeline));
        for (Pipeline view : pipeline.views()) {
            probations.check(
                    view,
                    records,
                    newest,
                    () -> samples.get().getOrDefault(view.target().name(), List.of()));
        }
    }

    /// The samples of all views by feature, each file read once.
    private Map<String, List<Sample>> samples(Pipeline pipeline) {
        List<Pipeline> views = pipeline.views();
        List<Landed> read = data.read(views, data.files(pipeline));
        Map<String, List<Sample>> byFeature = new HashMap<>();
        for (int i = 0; i < views.size(); i++) {
            byFeature.put(views.get(i).target().name(), read.get(i).samples());
        }
        return byFeature;
    }

    private static <T> Supplier<T> once(Supplier<T> supplier) {
        AtomicReference<@Nullable T> value = new AtomicReference<>();
        return () -> {
            T known = value.get();
            if (known == null) {
                known = supplier.get();
                value.set(known);
            }
            return known;
        };
    }

    @Override
    public Map<String, Object> facts() {
        return Map.of(
                "probation", probations.current().stream().map(this::facts).toList());
    }

    private Map<String, Object> facts(OnProbation model) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("pipeline", model.view().name());
        facts.put("feature", model.view().target().name());
        facts.put("model", model.outcome().kind());
        facts.put("version", model.version());
        facts.put("champion", model.champion());
        facts.put("gridTimes", model.gridTimes());
        facts.put("of", properties.gridTimes());
        return facts;
    }
}
