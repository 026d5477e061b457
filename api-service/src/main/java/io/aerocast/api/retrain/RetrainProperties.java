package io.aerocast.api.retrain;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The routine check of a pipeline's last training.
///
/// @param maxAge age of a pipeline's last training above which another one is due; default 7 days
@ConfigurationProperties(prefix = "aerocast.api.retrain", ignoreUnknownFields = false)
public record RetrainProperties(@DefaultValue("7d") Duration maxAge) {

    public RetrainProperties {
        if (maxAge.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "aerocast.api.retrain.max-age must be at least 1s, found %s".formatted(maxAge));
        }
    }
}
