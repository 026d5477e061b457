package io.aerocast.trainer.run;

import io.aerocast.event.RetrainSignal;
import io.aerocast.forecast.Build;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.trainer.run.RunRecord.Data;
import io.aerocast.trainer.run.RunRecord.ModelRun;
import io.aerocast.trainer.run.RunRecord.Part;
import io.aerocast.trainer.track.TrackedRun;
import io.aerocast.trainer.track.TrackedRun.Metric;
import io.aerocast.trainer.track.TrackedRun.Source;
import io.aerocast.trainer.track.TrackedRun.State;
import io.aerocast.training.fit.Epoch;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One kind of model of a run, in the form in which runs are tracked.
final class Tracked {

    /// `champion.rmse.h24`: a score at a horizon.
    private static final Pattern AT_HORIZON = Pattern.compile("(.+)\\.h(\\d+)");

    private Tracked() {}

    /// Its key.
    static String key(String run, String kind) {
        return run + "/" + kind;
    }

    /// A proven model that could not be published has failed: it does not serve.
    ///
    /// @param lake where the observations lie
    static TrackedRun of(RunRecord run, ModelRun model, Pipeline pipeline, URI lake, Instant now) {
        RetrainSignal signal = run.signal();
        String verdict = model.awaitsPublication() ? ModelRun.FAILED : model.verdict();
        Instant start = model.startedAt() == null ? run.startedAt() : model.startedAt();
        Instant end = model.fitted() ? start.plus(model.took()) : now;
        return new TrackedRun(
                TrackedRun.SCHEMA,
                key(run.id(), model.model()),
                name(signal, model),
                signal.pipeline(),
                model.model(),
                signal.reason(),
                signal.id(),
                note(signal, model),
                verdict.equals(ModelRun.FAILED) ? State.FAILED : State.FINISHED,
                start,
                end,
                model.version(),
                verdict,
                model.champion(),
                tags(run),
                parameters(pipeline, model),
                metrics(run, model, pipeline, start, end),
                datasets(run.data(), pipeline, lake));
    }

    private static String name(RetrainSignal signal, ModelRun model) {
        return "%s %s %s"
                .formatted(
                        model.model(),
                        model.version() == null ? model.verdict() : model.version(),
                        signal.reason().label());
    }

    /// Markdown, as MLflow's page shows it.
    private static String note(RetrainSignal signal, ModelRun model) {
        StringBuilder note = new StringBuilder();
        note.append("**Why:** %s%s: %s\n\n"
                .formatted(
                        signal.reason().label(),
                        signal.station() == null ? "" : " at " + signal.station(),
                        signal.note()));
        note.append("**Verdict:** %s\n".formatted(model.verdict()));
        model.reasons().forEach(reason -> note.append("\n- ").append(reason));
        return note.toString();
    }

    private static Map<String, String> tags(RunRecord run) {
        Map<String, String> tags = new TreeMap<>();
        tags.put("attempt", String.valueOf(run.attempt()));
        tags.put("java", System.getProperty("java.version"));
        tags.put("os", System.getProperty("os.name") + "-" + System.getProperty("os.arch"));
        tags.put("build", Build.version());
        String commit = Build.commit();
        if (commit != null) {
            tags.put("commit", commit);
        }
        return tags;
    }

    private static Map<String, String> parameters(Pipeline pipeline, ModelRun model) {
        Map<String, String> parameters = new TreeMap<>(model.hyperparameters());
        parameters.put("features", String.join(",", pipeline.featureNames()));
        parameters.put("lookback", String.valueOf(pipeline.lookback()));
        parameters.put(
                "horizons", pipeline.horizons().stream().map(String::valueOf).collect(Collectors.joining(",")));
        parameters.put("cadence", pipeline.cadence().toString());
        return parameters;
    }

    /// Per epoch: `train.loss`, `validation.rmse`. On the hold-out per horizon, the step being the horizon:
    /// `holdout/rmse`, `holdout/champion.rmse`, `holdout/skill` …; the same at the first horizon, and what has no
    /// horizon, under its own name (`rmse`, `p.value`), so that runs can be compared and searched.
    private static List<Metric> metrics(RunRecord run, ModelRun model, Pipeline pipeline, Instant start, Instant end) {
        List<Metric> metrics = new ArrayList<>();
        for (Epoch epoch : model.epochs()) {
            Instant at = epoch.seconds() == null ? end : start.plus(duration(epoch.seconds()));
            add(metrics, "train.loss", epoch.trainLoss(), epoch.epoch(), at);
            add(metrics, "validation.rmse", epoch.validationRmse(), epoch.epoch(), at);
        }
        int first = pipeline.horizons().getFirst();
        model.metrics().forEach((name, value) -> {
            Matcher score = AT_HORIZON.matcher(name);
            if (score.matches()) {
                int horizon = Integer.parseInt(score.group(2));
                add(metrics, "holdout/" + score.group(1), value, horizon, end);
                if (horizon == first) {
                    add(metrics, score.group(1), value, 0, end);
                }
            } else {
                add(metrics, name, value, 0, end);
            }
        });
        if (model.fitted()) {
            add(metrics, "seconds/fit", model.fitSeconds(), 0, end);
            add(metrics, "seconds/judge", model.judgeSeconds(), 0, end);
        }
        if (run.data() != null) {
            add(metrics, "seconds/collect", run.data().collectSeconds(), 0, end);
        }
        return metrics;
    }

    private static void add(List<Metric> metrics, String name, double value, long step, Instant at) {
        if (Double.isFinite(value)) {
            metrics.add(new Metric(name, value, step, at));
        }
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(1000 * seconds));
    }

    private static List<TrackedRun.Data> datasets(@Nullable Data data, Pipeline pipeline, URI lake) {
        if (data == null) {
            return List.of();
        }
        List<Source> sources = data.sources().stream()
                .map(source -> new Source(
                        source.station(), source.partition(), source.rows(), source.firstOffset(), source.lastOffset()))
                .toList();
        List<TrackedRun.Data> datasets = new ArrayList<>();
        datasets.add(data("training", data.train(), pipeline, lake, sources));
        datasets.add(data("validation", data.validation(), pipeline, lake, sources));
        datasets.add(data("holdout", data.holdOut(), pipeline, lake, sources));
        if (data.calm() != null) {
            datasets.add(data("calm", data.calm(), pipeline, lake, sources));
        }
        return datasets;
    }

    private static TrackedRun.Data data(String context, Part part, Pipeline pipeline, URI lake, List<Source> sources) {
        return new TrackedRun.Data(
                context,
                part.sha256(),
                lake.toString(),
                pipeline.featureNames(),
                part.samples(),
                part.from(),
                part.to(),
                sources);
    }
}
