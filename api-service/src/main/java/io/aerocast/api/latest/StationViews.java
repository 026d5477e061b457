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
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Collects what is known of a station.
final class StationViews {

    private final Pipelines pipelines;
    private final StationBoard board;
    private final RollingErrors errors;
    private final DriftStates drift;

    StationViews(Pipelines pipelines, StationBoard board, RollingErrors errors, DriftStates drift) {
        this.pipelines = pipelines;
        this.board = board;
        this.errors = errors;
        this.drift = drift;
    }

    /// Empty if the station is not known any more, or has no such target.
    ///
    /// @param feature a target, or `null` for all
    /// @param model a kind of model, or `all`
    Optional<StationView> of(String pipeline, String name, @Nullable String feature, String model) {
        return board.station(pipeline, name).flatMap(station -> view(station, feature, model));
    }

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
        return model.equals(RequestFields.ALL) || model.equals(kind);
    }
}
