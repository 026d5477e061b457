package io.aerocast.trainer.mlflow;

import io.aerocast.trainer.track.TrackingServer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MlflowConfiguration {

    /// `null` without a tracking URI.
    @Bean
    @Nullable
    MlflowRunLog mlflowRunLog(MlflowProperties properties) {
        return properties.trackingUri() == null ? null : MlflowRunLog.of(properties);
    }

    /// `null` without a tracking URI.
    @Bean
    @Nullable
    TrackingServer trackingServer(ObjectProvider<MlflowRunLog> log, MlflowProperties properties) {
        MlflowRunLog server = log.getIfAvailable();
        String address = properties.trackingUri();
        return server == null || address == null
                ? null
                : new TrackingServer(server, address, properties.longestPause());
    }
}
