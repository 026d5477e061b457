package io.aerocast.api.predict;

import io.aerocast.api.board.StationBoard;
import io.aerocast.api.http.Problem;
import io.aerocast.api.model.Forecaster;
import io.aerocast.api.model.ServedModel;
import io.aerocast.api.model.ServedModels;
import io.aerocast.api.model.StationErrors;
import io.aerocast.event.Forecast;
import io.aerocast.forecast.ErrorMatrix;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.forecast.PooledEnsemble;
import io.aerocast.forecast.StationEnsemble.Issued;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Forecasts from the readings of a request, with the models that serve now.
final class RequestForecaster {

    private final ServedModels served;
    private final Forecaster forecaster;
    private final StationErrors errors;
    private final StationBoard board;
    private final int minimumRows;
    private final Ensembles ensembles = new Ensembles();

    /// @param minimumRows smallest number of rows in a sequence
    RequestForecaster(
            ServedModels served, Forecaster forecaster, StationErrors errors, StationBoard board, int minimumRows) {
        this.served = served;
        this.forecaster = forecaster;
        this.errors = errors;
        this.board = board;
        this.minimumRows = minimumRows;
    }

    /// @throws Problem 400 if the sequence is too short or lacks its time, 503 if no model serves
    Predicted forecast(PredictRequest request) {
        return request.kind().equals(ModelKinds.PERSISTENCE) ? persistence(request) : modelled(request);
    }

    private static Predicted persistence(PredictRequest request) {
        double value = new Lookback(request.sequence().rows(), request.origin()).persistence();
        List<HorizonForecast> forecasts = request.horizons().stream()
                .map(horizon -> new HorizonForecast(horizon, value, null, null, null, target(request, horizon), null))
                .toList();
        return reply(request, forecasts, null, null, false, 0);
    }

    private Predicted modelled(PredictRequest request) {
        List<ForecastModel> models = models(request);
        request.sequence().requireRows(minimumRows);
        int needed =
                models.stream().mapToInt(model -> model.card().lookback()).max().orElseThrow();
        PooledEnsemble ensemble = ensembles.of(request, models, errors(request));
        List<Issued> issued = issue(request, request.sequence().filled(needed), ensemble);
        Issued asked = issued.stream()
                .filter(each -> each.kind().equals(request.kind()))
                .findFirst()
                .orElseThrow();
        Map<String, double[]> weights = weights(request, ensemble, issued);
        Optional<Forecast> adapted = adapted(request, asked);
        return reply(
                request,
                request.horizons().stream()
                        .map(horizon -> at(horizon, request, asked, adapted, weights))
                        .toList(),
                models.getFirst().card().coverage(),
                asked.version(),
                asked.extrapolating(),
                Math.max(0, needed - request.sequence().rows().length));
    }

    private static Predicted reply(
            PredictRequest request,
            List<HorizonForecast> forecasts,
            @Nullable Double coverage,
            @Nullable String version,
            boolean extrapolating,
            int filled) {
        Pipeline view = request.view();
        String unit = view.target().unit();
        String feature = view.target().name();
        Integer missing = filled == 0 ? null : filled;
        if (request.several()) {
            return new HorizonsReply(
                    forecasts, coverage, unit, request.kind(), version, view.name(), feature, extrapolating, missing);
        }
        HorizonForecast one = forecasts.getFirst();
        return new PredictReply(
                one.forecast(),
                one.lower(),
                one.upper(),
                coverage,
                unit,
                request.kind(),
                version,
                view.name(),
                feature,
                one.horizon(),
                extrapolating,
                one.weights(),
                one.target(),
                missing,
                one.forecastId());
    }

    /// The model of the kind that is asked for, or the parts of the blend.
    private List<ForecastModel> models(PredictRequest request) {
        List<ForecastModel> models = served.of(request.view()).stream()
                .map(ServedModel::model)
                .filter(model -> request.kind().equals(ModelKinds.BLEND)
                        || request.kind().equals(model.card().model()))
                .toList();
        if (models.isEmpty()) {
            throw noModel(request);
        }
        if (request.origin() == null && models.stream().allMatch(ForecastModel::needsTime)) {
            throw Problem.invalid(
                    "Field 'ts': expected the time of the last row, on which a %s forecast depends, found none"
                            .formatted(request.kind()));
        }
        return models;
    }

    /// The errors at the station, or at all of the pipeline for one that is not forecast here.
    private List<ErrorMatrix> errors(PredictRequest request) {
        String station = request.station();
        Collection<ErrorMatrix> own = station == null ? List.of() : errors.of(request.view(), station);
        return List.copyOf(own.isEmpty() ? errors.of(request.view()) : own);
    }

    private List<Issued> issue(PredictRequest request, Sequence filled, PooledEnsemble ensemble) {
        Lookback lookback = new Lookback(filled.rows(), request.origin());
        List<RuntimeException> failures = new ArrayList<>();
        List<Issued> issued = forecaster.predict(
                request.view(), request.kind(), ensemble, lookback, (_, failure) -> failures.add(failure));
        if (issued.isEmpty()) {
            throw failures.getFirst();
        }
        return issued;
    }

    /// The weights of the parts that could forecast; the seasonal model cannot without the time.
    ///
    /// @return shape [horizons of the pipeline] by part; empty for other kinds than the blend
    private static Map<String, double[]> weights(PredictRequest request, PooledEnsemble ensemble, List<Issued> issued) {
        if (!request.kind().equals(ModelKinds.BLEND)) {
            return Map.of();
        }
        List<String> parts = issued.stream()
                .map(Issued::kind)
                .filter(kind -> !kind.equals(ModelKinds.BLEND))
                .toList();
        return ensemble.weights(parts);
    }

    private static HorizonForecast at(
            int horizon,
            PredictRequest request,
            Issued issued,
            Optional<Forecast> adapted,
            Map<String, double[]> weights) {
        Feature feature = request.view().target();
        int index = request.view().horizons().indexOf(horizon);
        double value = issued.prediction().value()[index];
        return new HorizonForecast(
                horizon,
                value,
                adapted.map(stream -> bound(feature, value, stream, stream.lower(), index))
                        .orElse(issued.prediction().lower()[index]),
                adapted.map(stream -> bound(feature, value, stream, stream.upper(), index))
                        .orElse(issued.prediction().upper()[index]),
                at(weights, index),
                target(request, horizon),
                id(request, issued, horizon));
    }

    private static @Nullable Map<String, Double> at(Map<String, double[]> weights, int index) {
        if (weights.isEmpty()) {
            return null;
        }
        Map<String, Double> at = new LinkedHashMap<>();
        weights.forEach((part, values) -> at.put(part, values[index]));
        return at;
    }

    /// The newest forecast of the stream by the same model version for the same station. Its intervals are adapted
    /// to the station's errors.
    ///
    /// @return empty if there is none
    private Optional<Forecast> adapted(PredictRequest request, Issued issued) {
        String station = request.station();
        Pipeline view = request.view();
        return station == null
                ? Optional.empty()
                : board.forecasts(view.name(), station, view.target().name()).stream()
                        .filter(forecast -> forecast.model().equals(issued.kind())
                                && forecast.modelVersion().equals(issued.version())
                                && forecast.horizons().equals(view.horizons()))
                        .findFirst();
    }

    /// A bound as far from the value as in the stream, inside the plausible range.
    private static double bound(Feature target, double value, Forecast stream, List<Double> bounds, int index) {
        double distance = bounds.get(index) - stream.value().get(index);
        return Math.clamp(value + distance, target.minimum(), target.maximum());
    }

    private static @Nullable Instant target(PredictRequest request, int horizon) {
        Instant origin = request.origin();
        return origin == null ? null : request.view().after(origin, horizon);
    }

    private static @Nullable String id(PredictRequest request, Issued issued, int horizon) {
        Instant origin = request.origin();
        String station = request.station();
        Pipeline view = request.view();
        return origin == null || station == null
                ? null
                : Forecast.idOf(
                        view.name(), station, view.target().name(), issued.kind(), issued.version(), origin, horizon);
    }

    private static Problem noModel(PredictRequest request) {
        return Problem.unavailable(
                "No model",
                "Pipeline %s has no %s model of %s yet: none is shipped and none has been published"
                        .formatted(
                                request.view().name(),
                                request.kind(),
                                request.view().target().name()));
    }
}
