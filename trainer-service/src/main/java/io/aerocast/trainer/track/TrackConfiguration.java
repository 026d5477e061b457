package io.aerocast.trainer.track;

import io.aerocast.trainer.DataDirectory;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TrackConfiguration {

    @Bean
    LocalRunLog localRunLog(DataDirectory directory) {
        return new LocalRunLog(directory);
    }

    @Bean
    Outbox outbox(DataDirectory directory) throws IOException {
        return new Outbox(directory.outbox());
    }

    @Bean
    RunTracker runTracker(LocalRunLog local, Outbox outbox, ObjectProvider<TrackingServer> server) {
        return new RunTracker(local, server.getIfAvailable() == null ? null : outbox);
    }

    @Bean
    Delivery delivery(Outbox outbox, LocalRunLog local, ObjectProvider<TrackingServer> server, MeterRegistry meters) {
        return new Delivery(outbox, local, server.getIfAvailable(), meters);
    }
}
