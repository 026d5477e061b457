package io.aerocast.api.station;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aerocast.api.station.StationHistory.Moment;
import io.aerocast.api.station.StationHistory.Past;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A page of the past of a feature of a station.
///
/// @param unit of all values and errors
/// @param items by grid time, oldest first
/// @param next the `from` of the next page; absent at the end
@JsonInclude(JsonInclude.Include.NON_NULL)
record HistoryReply(
        String pipeline,
        String station,
        String feature,
        String unit,
        List<Item> items,
        @Nullable Instant next) {

    /// Largest number of forecasts on a page.
    private static final int FORECASTS = 20_000;

    /// A reading and the forecasts of it.
    ///
    /// @param time the grid time
    /// @param observedAt time of the observation
    /// @param forecasts empty if there were none, or before the drift service has compared them
    record Item(Instant time, Instant observedAt, double value, List<Made> forecasts) {}

    /// A forecast whose target has been observed.
    ///
    /// @param horizon steps ahead
    /// @param origin grid time from which it was made
    /// @param lower lower bound of its interval, absent where it is unknown
    /// @param upper upper bound of its interval, absent where it is unknown
    /// @param error the reading minus the forecast
    /// @param persistenceError the reading minus the forecast by persistence, absent where it is unknown
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Made(
            String model,
            String modelVersion,
            int horizon,
            Instant origin,
            double value,
            @Nullable Double lower,
            @Nullable Double upper,
            double error,
            @Nullable Double persistenceError) {}

    /// @param past one more than the page has room for, if there are as many
    /// @param limit largest number of items
    static HistoryReply of(
            Pipeline view,
            String station,
            List<Moment> past,
            int limit,
            Predicate<String> models,
            List<Integer> horizons) {
        List<Item> items = new ArrayList<>();
        int forecasts = 0;
        Instant next = null;
        for (Moment moment : past) {
            if (items.size() == limit || forecasts >= FORECASTS) {
                next = moment.time();
                break;
            }
            Item item = item(view, moment, models, horizons);
            forecasts += item.forecasts().size();
            items.add(item);
        }
        return new HistoryReply(
                view.name(), station, view.target().name(), view.target().unit(), items, next);
    }

    private static Item item(Pipeline view, Moment moment, Predicate<String> models, List<Integer> horizons) {
        Past reading = Objects.requireNonNull(moment.reading());
        List<Made> made = new ArrayList<>();
        for (Map.Entry<String, PastForecasts> of : moment.forecasts().entrySet()) {
            if (models.test(of.getKey())) {
                add(made, view, moment.time(), reading.value(), of.getKey(), of.getValue(), horizons);
            }
        }
        return new Item(moment.time(), reading.observedAt(), reading.value(), made);
    }

    private static void add(
            List<Made> made,
            Pipeline view,
            Instant time,
            double actual,
            String model,
            PastForecasts forecasts,
            List<Integer> wanted) {
        for (int i = 0; i < forecasts.size(); i++) {
            int horizon = forecasts.horizons()[i];
            double[] numbers = forecasts.numbers()[i];
            if (wanted.contains(horizon)) {
                made.add(new Made(
                        model,
                        forecasts.versions()[i],
                        horizon,
                        view.after(time, -horizon),
                        numbers[0],
                        known(numbers[1]),
                        known(numbers[2]),
                        actual - numbers[0],
                        known(actual - numbers[3])));
            }
        }
    }

    private static @Nullable Double known(double number) {
        return Double.isNaN(number) ? null : number;
    }
}
