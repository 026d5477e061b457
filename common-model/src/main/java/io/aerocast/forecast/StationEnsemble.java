package io.aerocast.forecast;

import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything that forecasts one feature of one station: the models that serve, and their blend. The live
/// stream, the backtest and the drift benchmark all forecast with this class, so that they measure what is served.
///
/// For each grid time, in order of time: first [#observe], then [#serve] where the serving models may have changed,
/// then [#forecast]. Deterministic: the same calls give the same forecasts. Not safe for use by several threads.
public final class StationEnsemble {

    private final Pipeline view;
    private final Map<String, StationModel> models = new TreeMap<>();
    private final Blend blend;
    private @Nullable AdaptiveIntervals intervals;

    /// @param view the view of the feature, see [Pipeline#view]
    public StationEnsemble(Pipeline view) {
        this.view = view;
        this.blend = new Blend(view);
    }

    /// The forecasts of one kind of model.
    ///
    /// @param prediction shape [horizons of the pipeline]
    /// @param extrapolating whether the lookback resembles no training data
    public record Issued(String kind, String version, Prediction prediction, boolean extrapolating) {}

    /// The outcomes of the intervals of one kind of model.
    public record Observed(String kind, List<IntervalOutcome> outcomes) {}

    /// The version of the blend of some models: the time of the newest one, and a hash of all versions.
    ///
    /// @param versions by kind, at least one
    public static String versionOfBlend(Map<String, String> versions) {
        return Blend.version(versions);
    }

    /// Sets the models at work. A version that is new here first learns from the station's history; the others
    /// go on.
    ///
    /// @param serving at most one model of each trained kind, all of this feature
    /// @param history of the view; includes the observations at `origin`
    /// @param origin grid time of the forecast that comes next
    public void serve(Collection<? extends ForecastModel> serving, StationSeries history, Instant origin) {
        Map<String, ForecastModel> byKind = new TreeMap<>();
        serving.forEach(model -> byKind.put(model.card().model(), model));
        for (String kind : List.copyOf(models.keySet())) {
            if (!byKind.containsKey(kind)) {
                models.remove(kind);
                blend.stop(kind);
            }
        }
        List<String> fresh = byKind.values().stream()
                .map(ForecastModel::card)
                .filter(card -> !version(card.model()).equals(card.version()))
                .map(ModelCard::model)
                .toList();
        if (models.isEmpty()) {
            start(byKind.values());
            replay(history, origin);
        } else if (!fresh.isEmpty()) {
            StationEnsemble replayed = new StationEnsemble(view);
            replayed.serve(byKind.values(), history, origin);
            fresh.forEach(kind -> take(kind, replayed));
        }
    }

    /// The version of a kind at work, or an empty text.
    private String version(String kind) {
        StationModel model = models.get(kind);
        return model == null ? "" : model.version();
    }

    private void start(Collection<ForecastModel> fresh) {
        for (ForecastModel model : fresh) {
            models.put(model.card().model(), new StationModel(view, model));
            blend.start(model.card());
            if (intervals == null) {
                intervals = new AdaptiveIntervals(view, model.card().coverage());
            }
        }
    }

    private void take(String kind, StationEnsemble replayed) {
        models.put(kind, replayed.models.get(kind));
        blend.take(kind, replayed.blend);
    }

    /// Learns from a station's history as if the models had served there. Observations up to the end of a model's
    /// training data are not learnt from: its errors on data that it was fitted to are too small.
    private void replay(StationSeries history, Instant origin) {
        for (Instant slot : history.slots()) {
            observe(slot, history.target(slot));
            if (slot.isBefore(origin)) {
                history.lookback(slot)
                        .ifPresent(lookback ->
                                forecast(slot, lookback, model -> slot.isAfter(model.trainedTo()), (_, _) -> {}));
            }
        }
    }

    /// Adapts intervals and weights to an observed value; call it before the forecast from the same grid time.
    ///
    /// @param slot grid time
    /// @param actual the feature's reading; `NaN` where it is missing
    /// @return the outcomes of the intervals that were issued for this grid time, by kind of model; the blend first
    public List<Observed> observe(Instant slot, double actual) {
        List<Observed> observed = new ArrayList<>();
        blend.observe(slot, actual);
        if (intervals != null) {
            observed.add(new Observed(ModelKinds.BLEND, intervals.observe(slot, actual)));
        }
        models.forEach((kind, model) -> observed.add(new Observed(kind, model.observe(slot, actual))));
        return observed;
    }

    /// Forecasts with every model, and with the blend of those that could. All values and bounds lie within the
    /// feature's plausible range.
    ///
    /// @param slot grid time of the lookback's last row
    /// @param failed receives the kind of each model that could not forecast from this lookback, and why
    /// @return by kind of model; the blend first; empty if no model could forecast
    public List<Issued> forecast(Instant slot, Lookback lookback, BiConsumer<String, RuntimeException> failed) {
        return forecast(slot, lookback, _ -> true, failed);
    }

    private List<Issued> forecast(
            Instant slot,
            Lookback lookback,
            Predicate<StationModel> asked,
            BiConsumer<String, RuntimeException> failed) {
        Map<String, StationModel> chosen = new TreeMap<>(models);
        chosen.values().removeIf(asked.negate());
        Map<String, RawForecast> raw = RawForecast.each(chosen, model -> model.raw(lookback), failed);
        List<Issued> issued = new ArrayList<>();
        if (intervals != null && !raw.isEmpty()) {
            AdaptiveIntervals adaptive = intervals;
            issued.add(RawForecast.blended(raw, parts -> blend.combine(slot, lookback.persistence(), parts))
                    .issue(view, ModelKinds.BLEND, version(), combined -> adaptive.adapt(slot, combined)));
        }
        chosen.forEach((kind, model) -> {
            RawForecast each = raw.get(kind);
            if (each != null) {
                issued.add(each.issue(view, kind, model.version(), prediction -> model.adapt(slot, prediction)));
            }
        });
        return issued;
    }

    /// The version of the blend: the time of the newest part, and a hash of the versions of all parts.
    private String version() {
        return Blend.version(
                models.values().stream().collect(Collectors.toMap(StationModel::kind, StationModel::version)));
    }

    /// The errors of the parts of the blend so far, for [PooledEnsemble]; a snapshot.
    public ErrorMatrix errors() {
        return blend.matrix();
    }

    /// The weight of each part of the blend at each horizon, the parts being the kinds at work and
    /// [ModelKinds#PERSISTENCE].
    ///
    /// @return shape [horizons of the pipeline] by part; at each horizon the weights are at least 0 and sum to 1
    public Map<String, double[]> weights() {
        return blend.matrix().weights();
    }
}
