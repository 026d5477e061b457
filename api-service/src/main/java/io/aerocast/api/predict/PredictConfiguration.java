package io.aerocast.api.predict;

import io.aerocast.api.board.StationBoard;
import io.aerocast.api.model.Forecaster;
import io.aerocast.api.model.ServedModels;
import io.aerocast.api.model.StationErrors;
import io.aerocast.pipeline.Pipelines;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PredictConfiguration {

    @Bean
    PredictController predictController(
            PredictProperties properties,
            Pipelines pipelines,
            ServedModels served,
            Forecaster forecaster,
            StationErrors errors,
            StationBoard board,
            MeterRegistry meters) {
        RequestForecaster requests = new RequestForecaster(served, forecaster, errors, board, properties.minimumRows());
        return new PredictController(pipelines, requests, properties.instances(), meters);
    }
}
