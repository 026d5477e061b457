package io.aerocast.trainer.mlflow;

import io.aerocast.trainer.track.TrackingServer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MlflowConfiguration {

    /// `null` without a tracking URI.
    @Bean
    @Nullable
    TrackingServer trackingServer(MlflowProperties properties) {
        return properties.trackingUri() == null
                ? null
                : new TrackingServer(
                        new MlflowRunLog(new MlflowClient(properties), properties.namePrefix()),
                        properties.trackingUri(),
                        properties.longestPause());
    }
}
