package io.aerocast.api.station;

import io.aerocast.api.board.StationBoard;
import io.aerocast.api.evaluate.DriftStates;
import io.aerocast.api.topic.TopicFollower;
import io.aerocast.event.Evaluation;
import io.aerocast.event.Observation;
import io.aerocast.pipeline.Pipelines;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StationConfiguration {

    @Bean
    StationHistory stationHistory(
            HistoryProperties properties,
            Pipelines pipelines,
            TopicFollower<Observation> newestObservations,
            TopicFollower<Evaluation> evaluations) {
        StationHistory history = new StationHistory(properties);
        newestObservations.onEach((observation, _, _) ->
                pipelines.find(observation.pipeline()).ifPresent(pipeline -> history.observed(pipeline, observation)));
        evaluations.onEach((evaluation, _, _) -> history.evaluated(evaluation));
        return history;
    }

    @Bean
    StationController stationController(
            Pipelines pipelines, StationBoard board, DriftStates drift, StationHistory history) {
        return new StationController(pipelines, board, drift, history);
    }
}
