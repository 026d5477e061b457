package io.aerocast.trainer.lineage;

import io.aerocast.forecast.ModelKinds;
import io.aerocast.forecast.StationEnsemble;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.trainer.DataDirectory;
import io.aerocast.trainer.record.Outcome;
import io.aerocast.trainer.record.Outcome.Judged;
import io.aerocast.trainer.record.Outcome.Published;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.record.RunRecords;
import io.aerocast.trainer.release.Champions;
import io.aerocast.trainer.track.ModelId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds the lineage of models in the run records of a data directory.
public final class Lineages {

    /// Versions of each kind that a blend is searched among, the newest ones.
    private static final int MOST_VERSIONS = 20;

    private final Pipelines pipelines;
    private final RunRecords runs;

    /// @param data need not hold any run yet
    public Lineages(Pipelines pipelines, DataDirectory data) {
        this.pipelines = pipelines;
        this.runs = new RunRecords(data);
    }

    /// What a search finds.
    ///
    /// @param models the models, oldest first
    /// @param shipped models that were not trained here: AeroCast ships them
    /// @param note what the reader should know, or `null`
    public record Found(
            List<Lineage> models,
            List<ModelId> shipped,
            @Nullable String note) {

        public Found {
            models = List.copyOf(models);
            shipped = List.copyOf(shipped);
        }

        /// Whether no model was found.
        public boolean empty() {
            return models.isEmpty() && shipped.isEmpty();
        }
    }

    /// The parts of a forecast's id, see [io.aerocast.event.Forecast#idOf].
    private record ForecastId(String pipeline, String feature, String model, String version) {

        private static final int AFTER_STATION = 5;

        private static ForecastId of(String id) {
            List<String> parts = Arrays.asList(id.split("/", -1));
            int feature = parts.size() - AFTER_STATION;
            if (feature < 2) {
                throw new IllegalArgumentException(
                        "Expected a forecast id pipeline/station/feature/model/version/origin/horizon, found '%s'"
                                .formatted(id));
            }
            return new ForecastId(parts.getFirst(), parts.get(feature), parts.get(feature + 1), parts.get(feature + 2));
        }
    }

    /// The models of a version. The models of one training may share a version; that of a blend names its parts.
    ///
    /// @throws IOException if the records cannot be read
    public Found ofVersion(String version) throws IOException {
        List<Lineage> models = find(version, _ -> true);
        List<ModelId> shipped = shipped(version);
        if (!models.isEmpty() || !shipped.isEmpty()) {
            return new Found(models, shipped, null);
        }
        for (Pipeline pipeline : pipelines.all()) {
            for (Pipeline view : pipeline.views()) {
                Optional<Found> blend = blend(view, version);
                if (blend.isPresent()) {
                    return blend.get();
                }
            }
        }
        return new Found(List.of(), List.of(), "no run record here names version %s".formatted(version));
    }

    /// The models behind a forecast.
    ///
    /// @param id as in [io.aerocast.event.Forecast#id]
    /// @throws IllegalArgumentException if it is no forecast id
    /// @throws IOException if the records cannot be read
    public Found ofForecast(String id) throws IOException {
        ForecastId forecast = ForecastId.of(id);
        Optional<Pipeline> pipeline = pipelines.find(forecast.pipeline());
        if (pipeline.isEmpty() || !pipeline.get().targets().contains(forecast.feature())) {
            return new Found(
                    List.of(),
                    List.of(),
                    "%s of pipeline '%s' is not forecast here".formatted(forecast.feature(), forecast.pipeline()));
        }
        Pipeline view = pipeline.get().view(forecast.feature());
        if (forecast.model().equals(ModelKinds.BLEND)) {
            return blend(view, forecast.version())
                    .orElseGet(() -> new Found(
                            List.of(),
                            List.of(),
                            ("version %s is a blend; its parts are not among the newest %d versions of each kind of "
                                            + "model that were published or shipped")
                                    .formatted(forecast.version(), MOST_VERSIONS)));
        }
        ModelId wanted = new ModelId(view.name(), forecast.feature(), forecast.model(), forecast.version());
        return new Found(
                find(forecast.version(), wanted::equals),
                shipped(forecast.version()).stream().filter(wanted::equals).toList(),
                null);
    }

    private List<Lineage> find(String version, Predicate<ModelId> wanted) throws IOException {
        List<Lineage> found = new ArrayList<>();
        for (RunRecord run : oldestFirst()) {
            for (Outcome outcome : run.outcomes()) {
                if (outcome instanceof Judged judged
                        && !judged.candidate().recurs()
                        && judged.candidate().version().equals(version)
                        && wanted.test(
                                new ModelId(run.signal().pipeline(), outcome.feature(), outcome.kind(), version))) {
                    found.add(Lineage.of(run, judged, runs.inputs(run).orElse(null)));
                }
            }
        }
        return found;
    }

    private List<RunRecord> oldestFirst() throws IOException {
        return runs.all().stream()
                .sorted(Comparator.comparing(RunRecord::startedAt))
                .toList();
    }

    private List<ModelId> shipped(String version) {
        return pipelines.all().stream()
                .flatMap(pipeline -> pipeline.views().stream())
                .flatMap(view -> ModelKinds.TRAINED.stream().flatMap(kind -> shipped(view, kind).stream()))
                .filter(model -> model.version().equals(version))
                .toList();
    }

    private static Optional<ModelId> shipped(Pipeline view, String kind) {
        return Champions.shipped(view, kind)
                .map(model -> new ModelId(
                        view.name(), view.target().name(), kind, model.card().version()));
    }

    /// The blend of a version is found among all combinations of the versions that served.
    private Optional<Found> blend(Pipeline view, String version) throws IOException {
        Map<String, List<String>> served = new TreeMap<>();
        for (String kind : ModelKinds.TRAINED) {
            served.put(kind, served(view, kind));
        }
        Optional<Map<String, String>> parts = match(new TreeMap<>(), List.copyOf(served.keySet()), served, version);
        return parts.isEmpty() ? Optional.empty() : Optional.of(parts(view, version, parts.get()));
    }

    private Found parts(Pipeline view, String version, Map<String, String> parts) throws IOException {
        List<Lineage> models = new ArrayList<>();
        List<ModelId> shipped = new ArrayList<>();
        for (Map.Entry<String, String> part : parts.entrySet()) {
            ModelId id = new ModelId(view.name(), view.target().name(), part.getKey(), part.getValue());
            models.addAll(find(part.getValue(), id::equals));
            shipped(view, part.getKey()).filter(id::equals).ifPresent(shipped::add);
        }
        return new Found(models, shipped, "version %s is the blend of %s".formatted(version, parts));
    }

    private List<String> served(Pipeline view, String kind) throws IOException {
        Stream<String> shipped = shipped(view, kind).map(ModelId::version).stream();
        Stream<String> published = runs.all().stream()
                .filter(run -> run.signal().pipeline().equals(view.name()))
                .flatMap(run -> run.outcomes().stream())
                .filter(outcome -> outcome.feature().equals(view.target().name())
                        && outcome.kind().equals(kind))
                .filter(Published.class::isInstance)
                .map(outcome -> ((Published) outcome).candidate().version());
        return Stream.concat(shipped, published)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .limit(MOST_VERSIONS)
                .toList();
    }

    private static Optional<Map<String, String>> match(
            Map<String, String> chosen, List<String> kinds, Map<String, List<String>> served, String version) {
        if (kinds.isEmpty()) {
            boolean matches =
                    !chosen.isEmpty() && StationEnsemble.versionOfBlend(chosen).equals(version);
            return matches ? Optional.of(Map.copyOf(chosen)) : Optional.empty();
        }
        String kind = kinds.getFirst();
        List<String> others = kinds.subList(1, kinds.size());
        for (String candidate : served.getOrDefault(kind, List.of())) {
            chosen.put(kind, candidate);
            Optional<Map<String, String>> found = match(chosen, others, served, version);
            if (found.isPresent()) {
                return found;
            }
        }
        chosen.remove(kind);
        return match(chosen, others, served, version);
    }
}
