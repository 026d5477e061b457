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
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.standalone.client.Trainer;
import io.aerocast.standalone.healing.Healing;
import io.aerocast.standalone.healing.HealingReport;
import io.aerocast.standalone.healing.HealingReport.Goal;
import io.aerocast.standalone.healing.Hindsight;
import io.aerocast.standalone.healing.PipelineRecord;
import io.aerocast.standalone.healing.ServedGoal;
import io.aerocast.standalone.healing.Watch;
import io.aerocast.standalone.runtime.CommandFailure;
import io.aerocast.standalone.runtime.Standalone;
import io.aerocast.standalone.terminal.Line;
import io.aerocast.standalone.terminal.Line.Style;
import io.aerocast.standalone.terminal.Screen;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// Runs the system, follows it from outside over Kafka and HTTP, and prints what happens. It requests forecasts,
/// and has no other influence on the system.
public final class Demo implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration START_WITHIN = Duration.ofMinutes(2);

    private final Standalone standalone;
    private final DemoSettings settings;
    private final Screen screen;
    private final Story story;
    private final Map<String, Act> acts = new LinkedHashMap<>();
    private final Requests requests;
    private final Trainer trainer;
    private final Hindsight hindsight;
    private List<Trainer.Run> runs = List.of();
    private @Nullable Healing healed;
    private @Nullable Instant end;
    private @Nullable String failure;

    /// @param standalone not started yet; the caller closes it
    public Demo(Standalone standalone, DemoSettings settings, Screen screen) {
        this.standalone = standalone;
        this.settings = settings;
        this.screen = screen;
        this.story = new Story(screen);
        this.requests = new Requests(standalone.ports().api(), settings.healing());
        this.trainer = new Trainer(
                URI.create("http://127.0.0.1:%d".formatted(standalone.ports().trainer())));
        for (DemoSettings.Part part : settings.parts()) {
            acts.put(part.pipeline(), new Act(Pipelines.builtIn().require(part.pipeline()), part, story));
        }
        this.hindsight = new Hindsight((kind, version) -> model(healing().seen(), kind, version));
    }

    /// Starts the system and follows it until the pipeline with the heatwave has healed or cannot heal any more.
    ///
    /// @param timeout of the whole run, start of the services included
    public HealingReport untilHealed(Duration timeout) throws InterruptedException {
        return untilTimeout(timeout, report -> report.healed() || healing().cameTooLate());
    }

    private HealingReport untilTimeout(Duration timeout, Predicate<HealingReport> finished)
            throws InterruptedException {
        try {
            return followUntil(
                    timeout, report -> finished.test(report) || story.elapsed().compareTo(timeout) >= 0);
        } catch (CommandFailure | KafkaException e) {
            failure = e.getMessage();
            return report();
        }
    }

    /// Starts the system and follows it until the replay has passed an observation time.
    ///
    /// @param time of the pipeline whose observations are of the past
    /// @param timeout of the whole run, start of the services included
    public HealingReport until(Instant time, Duration timeout) throws InterruptedException {
        end = time;
        HealingReport report = untilTimeout(timeout, _ -> passed(replayed().seen(), time));
        replayed().printSkills();
        return report;
    }

    private static boolean passed(PipelineRecord seen, Instant time) {
        return seen.latestEvaluated().filter(latest -> !latest.isBefore(time)).isPresent();
    }

    /// Starts the system and follows it until the thread is interrupted.
    void endlessly() throws InterruptedException {
        followUntil(START_WITHIN, _ -> false);
    }

    @Override
    public void close() {
        requests.close();
        trainer.close();
        screen.close();
    }

    private HealingReport followUntil(Duration startWithin, Predicate<HealingReport> finished)
            throws InterruptedException {
        screen.show(List.of(Line.empty(), Line.of("  starting the broker …")));
        standalone.startBroker();
        try (Watch watch = watch()) {
            start(watch, startWithin);
            HealingReport report = report();
            while (!finished.test(report)) {
                poll(watch);
                act();
                boolean before = report.healed();
                report = report();
                if (report.healed() && !before) {
                    printHealed(report);
                }
            }
            return report;
        }
    }

    private void start(Watch watch, Duration within) {
        watch.mark();
        screen.show(List.of(Line.empty(), Line.of("  starting the four services …")));
        standalone.startServices(settings.services(), within.minus(story.elapsed()));
        watch.start(within.minus(story.elapsed()));
        story.print(
                "all",
                Style.GOOD,
                "started",
                "a broker and four services in %.1f s".formatted(story.elapsed().toMillis() / 1e3));
    }

    /// Handles the events that arrive during one tick.
    private static void poll(Watch watch) {
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

    /// Handles an event, which has the broker's timestamp, in the act of its pipeline.
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

    private void act() throws InterruptedException {
        updateRuns();
        acts.forEach((pipeline, act) -> {
            act.training(
                    runs.stream().filter(run -> run.pipeline().equals(pipeline)).toList());
        });
        if (healing().serves()) {
            healing().seen().latestLookback().ifPresent(requests::forecastFrom);
        }
        int width = screen.width();
        screen.show(Stream.concat(
                        Stream.of(Line.empty()), acts.values().stream().flatMap(act -> act.lines(width).stream()))
                .toList());
    }

    private void updateRuns() throws InterruptedException {
        try {
            runs = trainer.runs();
        } catch (IOException _) {
            // The trainer is busy. The next tick requests them again.
        }
    }

    private void printHealed(HealingReport report) {
        printGood(
                "healed",
                "error %.2f °C over %d forecasts; %.2f in calm weather, %.2f in drift, and now %.2f with the old models",
                report.rmseHealed(),
                report.evaluationsHealed(),
                report.rmseCalm(),
                report.rmseDrifted(),
                report.oldModelRmseHealed());
        printGood(
                "",
                "detected after %d observations, served %.1f s after the signal; %,d requests answered, %d failed",
                report.observationsToDetection(),
                report.secondsSignalToServing(),
                report.requestsAnswered(),
                report.requestsFailed());
    }

    private void printGood(String headline, String detail, @Nullable Object... numbers) {
        story.print(settings.healing(), Style.GOOD, headline, detail.formatted(numbers));
    }

    private Act healing() {
        return Objects.requireNonNull(acts.get(settings.healing()));
    }

    private Act replayed() {
        return Objects.requireNonNull(acts.get(settings.replayed()));
    }

    private HealingReport report() {
        Act act = healing();
        return HealingReport.of(
                settings.healing(),
                healing(act),
                obstacle(act),
                acts.values().stream().map(Act::seen).toList(),
                Optional.ofNullable(end).map(this::goal),
                requests.count(),
                story.elapsed());
    }

    /// Once healed, the numbers stay: later changes of the weather and of the models are another story.
    private Healing healing(Act act) {
        Healing now = healed == null ? Healing.of(act.seen(), act.heatwave(), hindsight) : healed;
        healed = now.missing().isEmpty() ? now : null;
        return now;
    }

    private Goal goal(Instant time) {
        PipelineRecord seen = replayed().seen();
        Optional<String> missing = passed(seen, time)
                ? ServedGoal.missing(seen)
                : Optional.of("the replay has not passed %s".formatted(time));
        return Goal.of(settings.replayed(), time, missing);
    }

    /// Why this run cannot heal any more.
    private Optional<String> obstacle(Act act) {
        return act.cameTooLate()
                ? Optional.of(
                        "the heatwave began before this run, so there is no calm weather to compare with: use another "
                                + "--data-dir, or run 'aerocast clean' first")
                : Optional.ofNullable(failure);
    }

    private static Optional<ForecastModel> model(PipelineRecord seen, String kind, String version) {
        Pipeline pipeline = seen.pipeline();
        return seen.publications()
                .find(pipeline.target().name(), kind, version)
                .map(ModelPublished::artifact)
                .or(() -> ShippedModels.find(pipeline.name(), pipeline.target().name(), kind))
                .map(ModelArtifact::read)
                .filter(model -> model.card().version().equals(version));
    }
}
