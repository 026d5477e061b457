package io.aerocast.api.board;

import io.aerocast.api.board.StationBoard.Station;
import io.aerocast.api.board.StationView.Drift;
import io.aerocast.api.board.StationView.Reading;
import io.aerocast.api.evaluate.DriftStates;
import io.aerocast.api.evaluate.RollingErrors;
import io.aerocast.api.http.RequestFields;
import io.aerocast.event.Observation;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipelines;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `GET /latest`: the newest observation, forecasts, errors and drift state of each station.
///
/// Parameters, both optional: `pipeline`, `station`. Reply: `{"stations": [`[StationView]`, …]}`, sorted by
/// pipeline and station, empty if no station matches. Errors: 400 for an unknown pipeline.
@RestController
final class LatestController {

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

    @GetMapping("/latest")
    Map<String, List<StationView>> latest(
            @RequestParam(required = false) @Nullable String pipeline,
            @RequestParam(required = false) @Nullable String station) {
        if (pipeline != null) {
            RequestFields.pipeline("pipeline", pipeline, pipelines);
        }
        List<StationView> stations = board.stations().stream()
                .filter(s -> pipeline == null || pipeline.equals(s.newest().pipeline()))
                .filter(s -> station == null || station.equals(s.newest().station()))
                .map(this::view)
                .toList();
        return Map.of("stations", stations);
    }

    private StationView view(Station station) {
        Observation observation = station.newest();
        Feature target = pipelines.require(observation.pipeline()).target();
        return new StationView(
                observation.pipeline(),
                observation.station(),
                target.name(),
                target.unit(),
                observation,
                station.arrived(),
                station.readings().entrySet().stream()
                        .map(r -> new Reading(r.getKey(), r.getValue()))
                        .toList(),
                board.forecasts(observation.pipeline(), observation.station()),
                errors.of(observation.pipeline(), observation.station()),
                drift.last(observation.pipeline(), observation.station())
                        .map(Drift::of)
                        .orElse(Drift.CALM));
    }
}
