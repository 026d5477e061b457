package io.aerocast.api.latest;

import io.aerocast.api.board.StationBoard;
import io.aerocast.api.board.StationRevisions;
import io.aerocast.api.evaluate.DriftStates;
import io.aerocast.api.evaluate.RollingErrors;
import io.aerocast.api.topic.TopicFollower;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.pipeline.Pipelines;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class LatestConfiguration {

    /// Bytes of replies to keep: about 200 stations with all models, or 3,000 with the blend.
    private static final long REPLIES = 32L << 20;

    @Bean
    StationViews stationViews(Pipelines pipelines, StationBoard board, RollingErrors errors, DriftStates drift) {
        return new StationViews(pipelines, board, errors, drift);
    }

    @Bean
    LatestController latestController(
            Pipelines pipelines,
            StationBoard board,
            StationViews views,
            StationRevisions revisions,
            JsonMapper json,
            TopicFollower<Observation> newestObservations,
            TopicFollower<Forecast> newestForecasts,
            TopicFollower<Evaluation> evaluations,
            TopicFollower<DriftChanged> driftChanges) {
        newestObservations.onEach((event, _, _) -> revisions.changed(event.pipeline(), event.station()));
        newestForecasts.onEach((event, _, _) -> revisions.changed(event.pipeline(), event.station()));
        evaluations.onEach((event, _, _) -> revisions.changed(event.pipeline(), event.station()));
        driftChanges.onEach((event, _, _) -> revisions.changed(event.pipeline(), event.station()));
        return new LatestController(pipelines, board, views, revisions, new LatestReplies(REPLIES), json);
    }
}
