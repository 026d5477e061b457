package io.aerocast.api.simulation;

import io.aerocast.api.http.PeerClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SimulationConfiguration {

    @Bean
    PeerClient simulatorClient(SimulationProperties properties) {
        return new PeerClient("simulator", "aerocast.api.simulator.url", properties.url(), properties.timeout());
    }

    @Bean
    SimulationController simulationController(PeerClient simulatorClient) {
        return new SimulationController(simulatorClient);
    }
}
