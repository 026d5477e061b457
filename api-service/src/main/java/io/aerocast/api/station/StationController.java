package io.aerocast.api.station;

import io.aerocast.api.board.StationBoard;
import io.aerocast.api.board.StationBoard.Station;
import io.aerocast.api.evaluate.DriftStates;
import io.aerocast.api.evaluate.DriftView;
import io.aerocast.api.http.Problem;
import io.aerocast.api.http.RequestFields;
import io.aerocast.event.DriftState;
import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Pipelines, stations, their forecasts, their past and their drift states. Errors: 400 for an invalid parameter, 404
/// for an unknown pipeline or station, or a forecast that has not been made.
@RestController
final class StationController {

    private static final int MOST = 1000;
    private static final List<String> KINDS =
            Stream.concat(ModelKinds.ALL.stream(), Stream.of(RequestFields.ALL)).toList();

    private final Pipelines pipelines;
    private final StationBoard board;
    private final DriftStates drift;
    private final StationHistory history;

    StationController(Pipelines pipelines, StationBoard board, DriftStates drift, StationHistory history) {
        this.pipelines = pipelines;
        this.board = board;
        this.drift = drift;
        this.history = history;
    }

    /// The drift states of the targets of a station.
    ///
    /// @param state the most severe one
    /// @param targets in the order of the pipeline
    record StationDrifts(String pipeline, String station, DriftState state, List<DriftView> targets) {}

    @GetMapping("/v1/pipelines")
    Map<String, List<PipelineInfo>> pipelines() {
        return Map.of(
                "pipelines", pipelines.all().stream().map(PipelineInfo::of).toList());
    }

    @GetMapping("/v1/stations")
    Map<String, List<StationInfo>> stations(@RequestParam(required = false) @Nullable String pipeline) {
        return Map.of("stations", observed(pipeline).map(this::info).toList());
    }

    /// @param horizon steps ahead, or all by default
    /// @param feature a target, by default the first
    /// @param model a kind of model, by default the blend
    @GetMapping("/v1/stations/{pipeline}/{station}/forecast")
    ForecastReply forecast(
            @PathVariable String pipeline,
            @PathVariable String station,
            @RequestParam(required = false) @Nullable String horizon,
            @RequestParam(required = false) @Nullable String feature,
            @RequestParam(defaultValue = ModelKinds.DEFAULT) String model) {
        Pipeline view = view(pipeline, station, feature);
        List<Integer> horizons = RequestFields.horizons("horizon", horizon, view, view.horizons());
        RequestFields.oneOf("model", model, ModelKinds.ALL);
        Forecast newest = board.forecasts(pipeline, station, view.target().name()).stream()
                .filter(forecast -> forecast.model().equals(model))
                .findFirst()
                .orElseThrow(() -> Problem.notFound(
                        "No forecast",
                        "No %s forecast of the %s of this station has been made yet; it needs %d readings"
                                .formatted(model, view.target().name(), view.lookback())));
        return ForecastReply.of(newest, view, horizons);
    }

    /// @param from first grid time, by default the oldest that is kept
    /// @param to end, exclusive; by default none
    /// @param feature a target, by default the first
    /// @param model a kind of model, by default the blend, or `all`
    /// @param horizon steps ahead, by default the first, or `all`
    /// @param limit largest number of grid times on a page
    @GetMapping("/v1/stations/{pipeline}/{station}/history")
    HistoryReply history(
            @PathVariable String pipeline,
            @PathVariable String station,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String feature,
            @RequestParam(defaultValue = ModelKinds.DEFAULT) String model,
            @RequestParam(required = false) @Nullable String horizon,
            @RequestParam(defaultValue = "200") int limit) {
        Pipeline view = view(pipeline, station, feature);
        RequestFields.oneOf("model", model, KINDS);
        if (limit < 1 || limit > MOST) {
            throw Problem.invalid(
                    "Field 'limit': expected a whole number from 1 to %d, found %d".formatted(MOST, limit));
        }
        Predicate<String> models = kind -> model.equals(RequestFields.ALL) || model.equals(kind);
        return HistoryReply.of(
                view,
                station,
                history.of(view, station, time("from", from), time("to", to), limit + 1),
                limit,
                models,
                RequestFields.horizons(
                        "horizon", horizon, view, List.of(view.horizons().getFirst())));
    }

    @GetMapping("/v1/drift")
    Map<String, List<StationDrifts>> drift(@RequestParam(required = false) @Nullable String pipeline) {
        return Map.of("stations", observed(pipeline).map(this::drifts).toList());
    }

    @GetMapping("/v1/drift/{pipeline}/{station}")
    StationDrifts drift(@PathVariable String pipeline, @PathVariable String station) {
        return drifts(station(pipeline, station));
    }

    private Stream<Station> observed(@Nullable String pipeline) {
        if (pipeline != null) {
            RequestFields.pipeline("pipeline", pipeline, pipelines);
        }
        return board.stations().stream()
                .filter(station ->
                        pipeline == null || pipeline.equals(station.newest().pipeline()));
    }

    private StationInfo info(Station station) {
        Observation newest = station.newest();
        return new StationInfo(
                newest.pipeline(),
                newest.station(),
                newest.timestamp(),
                station.arrived(),
                newest.readings(),
                drifts(station).state());
    }

    private StationDrifts drifts(Station station) {
        String pipeline = station.newest().pipeline();
        String name = station.newest().station();
        List<DriftView> targets = pipelines.require(pipeline).targets().stream()
                .map(target -> drift.last(pipeline, name, target)
                        .map(change -> DriftView.of(change, target))
                        .orElseGet(() -> DriftView.calm(target)))
                .toList();
        DriftState worst = targets.stream()
                .map(DriftView::state)
                .max(Comparator.naturalOrder())
                .orElse(DriftState.CALM);
        return new StationDrifts(pipeline, name, worst, targets);
    }

    /// The view of a target of a pipeline whose station was observed.
    private Pipeline view(String pipeline, String station, @Nullable String feature) {
        Pipeline known = pipelines.require(station(pipeline, station).newest().pipeline());
        return known.view(
                feature == null
                        ? known.targets().getFirst()
                        : RequestFields.oneOf("feature", feature, known.targets()));
    }

    private Station station(String pipeline, String station) {
        if (pipelines.find(pipeline).isEmpty()) {
            throw Problem.notFound("Unknown pipeline", "GET /v1/pipelines lists the pipelines");
        }
        return board.station(pipeline, station)
                .orElseThrow(() -> Problem.notFound(
                        "Unknown station",
                        "No observation of this station of pipeline %s has arrived; GET /v1/stations lists the stations"
                                .formatted(pipeline)));
    }

    private static @Nullable Instant time(String name, @Nullable String value) {
        return value == null ? null : RequestFields.time(name, value);
    }
}
