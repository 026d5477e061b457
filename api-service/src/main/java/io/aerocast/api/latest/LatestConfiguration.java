package io.aerocast.api.latest;

import io.aerocast.api.board.StationBoard;
import io.aerocast.api.evaluate.DriftStates;
import io.aerocast.api.evaluate.RollingErrors;
import io.aerocast.pipeline.Pipelines;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LatestConfiguration {

    @Bean
    LatestController latestController(
            Pipelines pipelines, StationBoard board, RollingErrors errors, DriftStates drift) {
        return new LatestController(pipelines, board, errors, drift);
    }
}
