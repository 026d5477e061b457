package io.aerocast.api.predict;

import io.aerocast.api.board.StationBoard;
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
import io.aerocast.service.http.Problem;
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

    RequestForecaster(ServedModels served, Forecaster forecaster, StationErrors errors, StationBoard board) {
        this.served = served;
        this.forecaster = forecaster;
        this.errors = errors;
        this.board = board;
    }

    /// @throws Problem 400 if the sequence is too short for the models or lacks its time, 503 if no model serves
    PredictReply forecast(PredictRequest request) {
        return request.kind().equals(ModelKinds.PERSISTENCE) ? persistence(request) : modelled(request);
    }

    private static PredictReply persistence(PredictRequest request) {
        Pipeline view = request.view();
        return new PredictReply(
                new Lookback(request.sequence().rows(), request.origin()).persistence(),
                null,
                null,
                null,
                view.target().unit(),
                request.kind(),
                null,
                view.name(),
                view.target().name(),
                request.horizon(),
                false,
                null,
                target(request),
                null);
    }

    private PredictReply modelled(PredictRequest request) {
        List<ForecastModel> models = models(request);
        request.sequence()
                .requireRows(models.stream()
                        .mapToInt(model -> model.card().lookback())
                        .max()
                        .orElseThrow());
        PooledEnsemble ensemble = new PooledEnsemble(request.view(), models, errors(request));
        List<Issued> issued = issue(request, ensemble);
        Issued asked = issued.stream()
                .filter(each -> each.kind().equals(request.kind()))
                .findFirst()
                .orElseThrow();
        return reply(request, asked, models.getFirst().card().coverage(), weights(request, ensemble, issued));
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
    private Collection<ErrorMatrix> errors(PredictRequest request) {
        String station = request.station();
        Collection<ErrorMatrix> own = station == null ? List.of() : errors.of(request.view(), station);
        return own.isEmpty() ? errors.of(request.view()) : own;
    }

    private List<Issued> issue(PredictRequest request, PooledEnsemble ensemble) {
        Lookback lookback = new Lookback(request.sequence().rows(), request.origin());
        List<RuntimeException> failures = new ArrayList<>();
        List<Issued> issued = forecaster.predict(
                request.view(), request.kind(), ensemble, lookback, (_, failure) -> failures.add(failure));
        if (issued.isEmpty()) {
            throw failures.getFirst();
        }
        return issued;
    }

    /// The weights of the parts that could forecast; the seasonal model cannot without the time.
    private static @Nullable Map<String, Double> weights(
            PredictRequest request, PooledEnsemble ensemble, List<Issued> issued) {
        if (!request.kind().equals(ModelKinds.BLEND)) {
            return null;
        }
        List<String> parts = issued.stream()
                .map(Issued::kind)
                .filter(kind -> !kind.equals(ModelKinds.BLEND))
                .toList();
        int index = request.view().horizons().indexOf(request.horizon());
        Map<String, Double> weights = new LinkedHashMap<>();
        ensemble.weights(parts).forEach((part, values) -> weights.put(part, values[index]));
        return weights;
    }

    private PredictReply reply(
            PredictRequest request, Issued issued, double coverage, @Nullable Map<String, Double> weights) {
        Pipeline view = request.view();
        int index = view.horizons().indexOf(request.horizon());
        double value = issued.prediction().value()[index];
        Optional<Forecast> adapted = adapted(request, issued);
        return new PredictReply(
                value,
                adapted.map(stream -> bound(view.target(), value, stream, stream.lower(), index))
                        .orElse(issued.prediction().lower()[index]),
                adapted.map(stream -> bound(view.target(), value, stream, stream.upper(), index))
                        .orElse(issued.prediction().upper()[index]),
                coverage,
                view.target().unit(),
                issued.kind(),
                issued.version(),
                view.name(),
                view.target().name(),
                request.horizon(),
                issued.extrapolating(),
                weights,
                target(request),
                id(request, issued));
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

    private static @Nullable Instant target(PredictRequest request) {
        Instant origin = request.origin();
        return origin == null ? null : request.view().after(origin, request.horizon());
    }

    private static @Nullable String id(PredictRequest request, Issued issued) {
        Instant origin = request.origin();
        String station = request.station();
        Pipeline view = request.view();
        return origin == null || station == null
                ? null
                : Forecast.idOf(
                        view.name(),
                        station,
                        view.target().name(),
                        issued.kind(),
                        issued.version(),
                        origin,
                        request.horizon());
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
