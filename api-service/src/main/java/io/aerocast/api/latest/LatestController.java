package io.aerocast.api.latest;

import io.aerocast.api.board.StationBoard;
import io.aerocast.api.board.StationBoard.Station;
import io.aerocast.api.evaluate.DriftStates;
import io.aerocast.api.evaluate.DriftView;
import io.aerocast.api.evaluate.RollingErrors;
import io.aerocast.api.http.RequestFields;
import io.aerocast.api.latest.StationView.Reading;
import io.aerocast.api.latest.StationView.TargetView;
import io.aerocast.event.Observation;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `GET /v1/latest`, also `/latest`: the newest observation, forecasts, errors and drift states of each station.
///
/// Parameters, all optional: `pipeline`, `station`, `feature` (default: every target), `model` (a kind of model,
/// default `blend`, or `all`). Reply: `{"stations": [`[StationView]`, …]}`, sorted by pipeline and station,
/// empty if no station matches. Errors: 400 for an unknown pipeline, feature or model.
@RestController
final class LatestController {

    private static final String ALL = "all";
    private static final List<String> KINDS =
            Stream.concat(ModelKinds.ALL.stream(), Stream.of(ALL)).toList();

    private final Pipelines pipelines;
    private final StationBoard board;
    private final RollingErrors errors;
    private final DriftStates drift;

    LatestController(Pipelines pipelines, StationBoard board, RollingErrors errors, DriftStates drift) {
        this.pipelines = pipelines;
        this.board = board;
        this.errors = errors;
        this.drift = drift;
    }

    @GetMapping({"/latest", "/v1/latest"})
    Map<String, List<StationView>> latest(
            @RequestParam(required = false) @Nullable String pipeline,
            @RequestParam(required = false) @Nullable String station,
            @RequestParam(required = false) @Nullable String feature,
            @RequestParam(defaultValue = ModelKinds.DEFAULT) String model) {
        if (pipeline != null) {
            RequestFields.pipeline("pipeline", pipeline, pipelines);
        }
        if (feature != null) {
            RequestFields.oneOf("feature", feature, targets());
        }
        RequestFields.oneOf("model", model, KINDS);
        List<StationView> stations = board.stations().stream()
                .filter(s -> pipeline == null || pipeline.equals(s.newest().pipeline()))
                .filter(s -> station == null || station.equals(s.newest().station()))
                .flatMap(s -> view(s, feature, model).stream())
                .toList();
        return Map.of("stations", stations);
    }

    private Set<String> targets() {
        return pipelines.all().stream()
                .flatMap(p -> p.targets().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Empty if the station has no such target.
    private Optional<StationView> view(Station station, @Nullable String feature, String model) {
        Observation newest = station.newest();
        List<TargetView> targets = pipelines.require(newest.pipeline()).views().stream()
                .filter(view -> feature == null || feature.equals(view.target().name()))
                .map(view -> target(view, station, model))
                .toList();
        return targets.isEmpty() ? Optional.empty() : Optional.of(StationView.of(newest, station.arrived(), targets));
    }

    private TargetView target(Pipeline view, Station station, String model) {
        String pipeline = view.name();
        String name = station.newest().station();
        String feature = view.target().name();
        return new TargetView(
                feature,
                view.target().unit(),
                station.readings().getOrDefault(feature, new TreeMap<>()).entrySet().stream()
                        .map(r -> new Reading(r.getKey(), r.getValue()))
                        .toList(),
                board.forecasts(pipeline, name, feature).stream()
                        .filter(f -> wanted(model, f.model()))
                        .map(f -> ForecastView.of(f, view))
                        .toList(),
                errors.of(pipeline, name, feature).stream()
                        .filter(e -> wanted(model, e.model()))
                        .toList(),
                drift.last(pipeline, name, feature)
                        .map(change -> DriftView.of(change, feature))
                        .orElseGet(() -> DriftView.calm(feature)));
    }

    private static boolean wanted(String model, String kind) {
        return model.equals(ALL) || model.equals(kind);
    }
}
