package io.aerocast.api.feed;

import io.aerocast.api.model.ServedModels;
import io.aerocast.api.model.Serving;
import io.aerocast.api.topic.TopicFollower;
import io.aerocast.api.training.TrainerClient;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.Forecast;
import io.aerocast.event.ModelPublished;
import io.aerocast.event.Observation;
import io.aerocast.event.RetrainSignal;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.time.Instant;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class FeedConfiguration {

    private static final int BASE = 36;

    @Bean(destroyMethod = "") // closed earlier, by feedEnd
    EventFeed eventFeed(
            FeedProperties properties,
            Pipelines pipelines,
            ServedModels served,
            TopicFollower<Observation> newestObservations,
            TopicFollower<Forecast> newestForecasts,
            TopicFollower<DriftChanged> driftChanges,
            TopicFollower<RetrainSignal> retrainSignals,
            TopicFollower<ModelPublished> publishedModels) {
        EventFeed feed = new EventFeed(properties.kept());
        newestObservations.onNews((observation, _, arrived) -> feed.publish(FeedEvent.of(observation, arrived)));
        newestForecasts.onNews((forecast, _, _) -> feed.publish(FeedEvent.of(forecast)));
        driftChanges.onNews((change, _, _) -> feed.publish(FeedEvent.of(change)));
        retrainSignals.onNews((signal, _, _) -> feed.publish(FeedEvent.of(signal)));
        publishedModels.onNews((model, _, _) ->
                pipelines.find(model.pipeline()).ifPresent(pipeline -> publish(feed, model, pipeline, served)));
        return feed;
    }

    /// A refused model has been promoted, and serves not.
    private static void publish(EventFeed feed, ModelPublished model, Pipeline pipeline, ServedModels served) {
        String named = model.feature();
        String feature = named == null ? pipeline.target().name() : named;
        feed.publish(FeedEvent.of(model, feature));
        served.serving(pipeline).stream()
                .filter(serving -> is(serving, feature, model))
                .forEach(serving -> feed.publish(FeedEvent.of(serving)));
    }

    private static boolean is(Serving serving, String feature, ModelPublished model) {
        return serving.model().card().target().equals(feature)
                && serving.model().card().model().equals(model.model())
                && serving.model().version().equals(model.version());
    }

    @Bean
    FeedStream feedStream(FeedProperties properties, EventFeed feed, JsonMapper json) {
        String origin = Long.toString(Instant.now().toEpochMilli(), BASE);
        return new FeedStream(feed, origin, properties.heartbeat(), json);
    }

    @Bean
    FeedController feedController(FeedProperties properties, Pipelines pipelines, FeedStream stream) {
        return new FeedController(pipelines, stream, properties.clients());
    }

    @Bean(initMethod = "start")
    TrainingWatch trainingWatch(TrainerClient trainer, EventFeed feed, FeedStream stream) {
        return new TrainingWatch(trainer, feed, stream::listened);
    }

    /// Before the web server waits for open requests.
    @Bean
    ApplicationListener<ContextClosedEvent> feedEnd(EventFeed feed) {
        return _ -> feed.close();
    }
}
