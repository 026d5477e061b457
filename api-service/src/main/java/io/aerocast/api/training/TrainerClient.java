package io.aerocast.api.training;

import io.aerocast.api.http.PeerClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.JsonNode;

/// Asks the trainer. Safe for use by several threads.
public final class TrainerClient implements AutoCloseable {

    private final PeerClient peer;

    /// @param token as for [PeerClient]
    public TrainerClient(TrainerProperties properties, Optional<String> token) {
        this.peer =
                new PeerClient("trainer", "aerocast.api.trainer.url", properties.url(), properties.timeout(), token);
    }

    /// Whether there is an address of the trainer.
    public boolean configured() {
        return peer.configured();
    }

    /// The reply to a question.
    ///
    /// @param path with the query, encoded
    /// @throws ErrorResponseException the trainer's refusal, or 503
    public JsonNode get(String path) {
        return peer.get(path);
    }

    /// The reply to a request.
    ///
    /// @param path as in `/cancel`
    /// @param authorization the header of the client, which the trainer checks, or `null`
    /// @throws ErrorResponseException the trainer's refusal, or 503
    JsonNode post(String path, JsonNode body, @Nullable String authorization) {
        return peer.post(path, body, authorization);
    }

    /// A text as part of a query.
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        peer.close();
    }
}
