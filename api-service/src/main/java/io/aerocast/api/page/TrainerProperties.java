package io.aerocast.api.page;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// The trainer, whose runs and probations the live page shows.
///
/// @param url address of trainer-service as seen by the api, such as `http://localhost:8002`; the page shows
///     nothing of the trainer without it; default none
@ConfigurationProperties(prefix = "aerocast.api.trainer", ignoreUnknownFields = false)
public record TrainerProperties(@Nullable URI url) {

    public TrainerProperties {
        if (url != null && url.toString().isBlank()) {
            url = null;
        }
        if (url != null && (url.getHost() == null || !url.getScheme().matches("https?") || url.getUserInfo() != null)) {
            throw new IllegalArgumentException(
                    "aerocast.api.trainer.url must be an absolute http or https URI without a user, found %s"
                            .formatted(url.getHost()));
        }
    }
}
