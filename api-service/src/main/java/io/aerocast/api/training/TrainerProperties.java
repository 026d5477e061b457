package io.aerocast.api.training;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The trainer, whose runs and probations the live page shows, and to which requests about trainings are forwarded.
///
/// @param url address of trainer-service as seen by the api, such as `http://localhost:8002`; without it
///     nothing of the trainer is shown, and requests about trainings get 503; default none
/// @param timeout largest time to wait for a reply of the trainer; default 10s
@ConfigurationProperties(prefix = "aerocast.api.trainer", ignoreUnknownFields = false)
public record TrainerProperties(
        @Nullable URI url, @DefaultValue("10s") Duration timeout) {

    public TrainerProperties {
        if (url != null && url.toString().isBlank()) {
            url = null;
        }
        if (url != null && (url.getHost() == null || !url.getScheme().matches("https?") || url.getUserInfo() != null)) {
            throw new IllegalArgumentException(
                    "aerocast.api.trainer.url must be an absolute http or https URI without a user, found %s"
                            .formatted(url.getHost()));
        }
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "aerocast.api.trainer.timeout must be at least 1ms, found %s".formatted(timeout));
        }
    }
}
