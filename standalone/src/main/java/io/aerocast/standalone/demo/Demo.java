package io.aerocast.standalone.demo;

import io.aerocast.event.DriftChanged;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Forecast;
import io.aerocast.event.ModelPublished;
import io.aerocast.event.Observation;
import io.aerocast.event.RetrainSignal;
import io.aerocast.event.Topic;
import io.aerocast.event.Topics;
import io.aerocast.event.WindowLanded;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.ShippedModels;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.standalone.healing.Healing;
import io.aerocast.standalone.healing.Hindsight;
import io.aerocast.standalone.healing.PipelineRecord;
import io.aerocast.standalone.healing.Verdict;
import io.aerocast.standalone.healing.Watch;
import io.aerocast.standalone.runtime.CommandFailure;
import io.aerocast.standalone.runtime.Standalone;
import io.aerocast.standalone.terminal.Line;
import io.aerocast.standalone.terminal.Line.Style;
import io.aerocast.standalone.terminal.Screen;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// Runs the system on its pipelines, watches it from outside over Kafka and HTTP, and tells what happens. All that it
/// does to the system is to ask for each pipeline's first training.
final class Demo implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration START_WITHIN = Duration.ofMinutes(2);

    private final Standalone standalone;
    private final DemoSettings settings;
    private final Screen screen;
    private final Story story;
    private final Map<String, Act> acts = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final Requests requests;
    private final Training training;
    private final Hindsight hindsight;
    private @Nullable String failure;

    Demo(Standalone standalone, DemoSettings settings, Screen screen) {
        this.standalone = standalone;
        this.settings = settings;
        this.screen = screen;
        this.story = new Story(screen);
        this.requests = new Requests(standalone.ports().api(), settings.healing());
        this.training = new Training(client, standalone.ports().trainer());
        for (DemoSettings.Part part : settings.parts()) {
            acts.put(part.pipeline(), new Act(Pipelines.builtIn().require(part.pipeline()), part, story));
        }
        this.hindsight = new Hindsight(version -> model(healing().seen(), version));
    }

    /// Starts the system and tells the story until the pipeline with the heatwave is healed, can no longer be, or the
    /// time is over, that of the start included.
    Verdict untilHealed(Duration timeout) throws InterruptedException {
        try {
            return tellUntil(
                    timeout,
                    verdict -> verdict.healed()
                            || healing().cameTooLate()
                            || story.elapsed().compareTo(timeout) >= 0);
        } catch (CommandFailure | KafkaException e) {
            failure = e.getMessage();
            return verdict();
        }
    }

    /// Starts the system and tells the story until the thread is interrupted.
    void endlessly() throws InterruptedException {
        tellUntil(START_WITHIN, _ -> false);
    }

    @Override
    public void close() {
        requests.close();
        client.close();
        screen.close();
    }

    private Verdict tellUntil(Duration startWithin, Predicate<Verdict> enough) throws InterruptedException {
        screen.show(List.of(Line.empty(), Line.of("  starting the broker …")));
        standalone.startBroker();
        try (Watch watch = watch();
                Signals signals = new Signals(standalone.brokers())) {
            watch.mark();
            screen.show(List.of(Line.empty(), Line.of("  starting the four services …")));
            standalone.startServices(settings.services(), startWithin.minus(story.elapsed()));
            watch.start(startWithin.minus(story.elapsed()));
            story.tell(
                    "all",
                    Style.GOOD,
                    "started",
                    "a broker and four services in %.1f s"
                            .formatted(story.elapsed().toMillis() / 1e3));
            Verdict verdict = verdict();
            while (!enough.test(verdict)) {
                follow(watch);
                act(signals);
                if (!verdict.healed()) {
                    verdict = verdict();
                    tellHealed(verdict);
                }
            }
            return verdict;
        }
    }

    /// Handles what arrives during one tick.
    private static void follow(Watch watch) {
        long end = System.nanoTime() + TICK.toNanos();
        for (long left = TICK.toNanos(); left > 0; left = end - System.nanoTime()) {
            watch.poll(Duration.ofNanos(left));
        }
    }

    private Watch watch() {
        Watch watch = new Watch(standalone.brokers());
        on(watch, Topics.OBSERVATIONS, Observation::pipeline, (act, event, _) -> act.observed(event));
        on(watch, Topics.WINDOWS, WindowLanded::pipeline, (act, event, _) -> act.landed(event));
        on(watch, Topics.FORECASTS, Forecast::pipeline, Act::forecast);
        on(watch, Topics.EVALUATIONS, Evaluation::pipeline, (act, event, _) -> act.evaluated(event));
        on(watch, Topics.DRIFT, DriftChanged::pipeline, (act, event, _) -> act.driftChanged(event));
        on(watch, Topics.RETRAIN, RetrainSignal::pipeline, Act::signalled);
        on(watch, Topics.MODELS, ModelPublished::pipeline, (act, event, _) -> act.published(event));
        return watch;
    }

    /// What one pipeline's act does with an event and the time at which the broker took it.
    private interface Handler<T> {

        void handle(Act act, T event, Instant at);
    }

    private <T> void on(Watch watch, Topic<T> topic, Function<T, String> pipeline, Handler<T> handler) {
        watch.on(topic, (event, at) -> {
            Act act = acts.get(pipeline.apply(event));
            if (act != null) {
                handler.handle(act, event, at);
            }
        });
    }

    private void act(Signals signals) throws InterruptedException {
        Map<String, Training.Run> runs = training.look();
        acts.forEach((pipeline, act) -> {
            act.training(runs.get(pipeline));
            if (act.firstTrainingDue() && asked.add(pipeline)) {
                signals.raise(pipeline, "asking for a training");
            }
        });
        if (healing().serves()) {
            healing().seen().latestLookback().ifPresent(requests::ask);
        }
        int width = screen.width();
        screen.show(
                Stream.concat(Stream.of(Line.empty()), acts.values().stream().map(act -> act.line(width)))
                        .toList());
    }

    private void tellHealed(Verdict verdict) {
        if (!verdict.healed()) {
            return;
        }
        tellGood(
                "healed",
                "%.2f °C over %d forecasts; calm it was %.2f, drifted %.2f, and the old model would now make %.2f",
                verdict.rmseHealed(),
                verdict.evaluationsHealed(),
                verdict.rmseCalm(),
                verdict.rmseDrifted(),
                verdict.oldModelRmseHealed());
        tellGood(
                "",
                "detected after %d observations, served %.1f s after the signal; %,d requests answered, %d failed",
                verdict.observationsToDetection(),
                verdict.secondsSignalToServing(),
                verdict.requestsAnswered(),
                verdict.requestsFailed());
    }

    private void tellGood(String headline, String detail, @Nullable Object... numbers) {
        story.tell(settings.healing(), Style.GOOD, headline, detail.formatted(numbers));
    }

    private Act healing() {
        return Objects.requireNonNull(acts.get(settings.healing()));
    }

    private Verdict verdict() {
        Act act = healing();
        Healing healing = Healing.of(act.seen(), act.heatwave(), hindsight);
        Optional<String> missing = obstacle(act).or(healing::missing);
        Map<String, Verdict.Pipe> pipes = new LinkedHashMap<>();
        acts.forEach((pipeline, a) -> pipes.put(pipeline, Verdict.Pipe.of(a.seen())));
        return new Verdict(
                missing.isEmpty(),
                missing.orElse(null),
                settings.healing(),
                healing.observationsToDetection().orElse(null),
                healing.signalToServing().map(Verdict::seconds).orElse(null),
                Verdict.number(healing.calm().rmse()),
                Verdict.number(healing.drifted().rmse()),
                Verdict.number(healing.healed().rmse()),
                Verdict.number(healing.oldModelRmse()),
                Verdict.number(healing.calm().persistenceRmse()),
                Verdict.number(healing.drifted().persistenceRmse()),
                Verdict.number(healing.healed().persistenceRmse()),
                healing.calm().count(),
                healing.drifted().count(),
                healing.healed().count(),
                pipes.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, e -> e.getValue().versions(), (a, _) -> a, LinkedHashMap::new)),
                pipes,
                requests.answered(),
                requests.failed(),
                Verdict.seconds(story.elapsed()));
    }

    /// Why this run cannot heal, whatever is still to come.
    private Optional<String> obstacle(Act act) {
        return act.cameTooLate()
                ? Optional.of("the heatwave came before this run, so no calm is left to compare with: begin anew with "
                        + "another --data-dir, or after 'aerocast clean'")
                : Optional.ofNullable(failure);
    }

    private static Optional<ForecastModel> model(PipelineRecord seen, String version) {
        ModelPublished published = seen.published().get(version);
        Optional<byte[]> artifact = published == null
                ? ShippedModels.find(seen.pipeline().name(), DemoSettings.MODEL)
                : Optional.of(published.artifact());
        return artifact.map(ModelArtifact::read)
                .filter(model -> model.card().version().equals(version));
    }
}
