package io.aerocast.api.feed;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.aerocast.api.model.ModelView;
import io.aerocast.api.model.Serving;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.Forecast;
import io.aerocast.event.ModelPublished;
import io.aerocast.event.Observation;
import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that happened.
///
/// @param kind the name of the event
/// @param station a station, or `null` for an event of a pipeline
record FeedEvent(Kind kind, String pipeline, @Nullable String station, EventData data) {

    /// The names of the events.
    enum Kind {
        /// A station was observed.
        READING,
        /// A station was forecast, for all horizons by one kind of model.
        FORECAST,
        /// A drift state changed.
        DRIFT,
        /// A training was requested.
        SIGNAL,
        /// A training made progress or ended.
        TRAINING,
        /// A model was promoted.
        PROMOTION,
        /// A model serves in place of another one in this replica.
        SWAP
    }

    static FeedEvent of(Kind kind, String pipeline, @Nullable String station, Object data) {
        return new FeedEvent(kind, pipeline, station, new EventData(data));
    }

    /// @param arrived arrival on the topic, by the broker's clock
    private record Reading(
            String pipeline, String station, Instant timestamp, Instant arrived, Map<String, Double> readings) {}

    /// A published model without its artifact.
    private record Promotion(
            String pipeline,
            String feature,
            String model,
            String version,
            Instant publishedAt,
            @Nullable RetrainReason reason,
            @Nullable String signalId,
            Map<String, Double> metrics) {}

    /// A model that serves in place of another one.
    private record Swap(String pipeline, @JsonUnwrapped ModelView model) {}

    static FeedEvent of(Observation observation, Instant arrived) {
        return of(
                Kind.READING,
                observation.pipeline(),
                observation.station(),
                new Reading(
                        observation.pipeline(),
                        observation.station(),
                        observation.timestamp(),
                        arrived,
                        observation.readings()));
    }

    static FeedEvent of(Forecast forecast) {
        return of(Kind.FORECAST, forecast.pipeline(), forecast.station(), forecast);
    }

    static FeedEvent of(DriftChanged change) {
        return of(Kind.DRIFT, change.pipeline(), change.station(), change);
    }

    static FeedEvent of(RetrainSignal signal) {
        return of(Kind.SIGNAL, signal.pipeline(), null, signal);
    }

    /// @param feature the target of the model
    static FeedEvent of(ModelPublished model, String feature) {
        return of(
                Kind.PROMOTION,
                model.pipeline(),
                null,
                new Promotion(
                        model.pipeline(),
                        feature,
                        model.model(),
                        model.version(),
                        model.publishedAt(),
                        model.reason(),
                        model.signalId(),
                        model.metrics()));
    }

    /// @param serving in place of an earlier model
    static FeedEvent of(Serving serving) {
        String pipeline = serving.model().card().pipeline();
        return of(Kind.SWAP, pipeline, null, new Swap(pipeline, ModelView.of(serving)));
    }
}
