package io.aerocast.api.http;

import io.aerocast.service.http.Problem;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.RecordMetadata;

/// Waits until the broker has stored an event; only then an endpoint replies with success.
public final class Acknowledgement {

    private Acknowledgement() {}

    /// The offset of an event in its partition. The producer's own time-outs bound the wait.
    ///
    /// @throws Problem 503 if the broker did not store it
    public static long offset(CompletableFuture<RecordMetadata> sent) {
        try {
            return sent.get().offset();
        } catch (ExecutionException _) {
            // The publisher has logged the cause.
            throw brokerAway();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw brokerAway();
        }
    }

    private static Problem brokerAway() {
        return Problem.unavailable(
                "Broker away", "The event could not be stored and was not counted; send the request again later");
    }
}
