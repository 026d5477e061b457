package io.aerocast.api.simulation;

import io.aerocast.api.http.PeerClient;
import io.aerocast.service.access.AccessProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SimulationConfiguration {

    @Bean
    PeerClient simulatorClient(SimulationProperties properties, AccessProperties access) {
        return new PeerClient(
                "simulator", "aerocast.api.simulator.url", properties.url(), properties.timeout(), access.secret());
    }

    @Bean
    SimulationController simulationController(PeerClient simulatorClient) {
        return new SimulationController(simulatorClient);
    }
}
