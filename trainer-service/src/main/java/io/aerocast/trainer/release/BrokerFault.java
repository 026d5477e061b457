package io.aerocast.trainer.release;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;

/// Errors of a broker.
final class BrokerFault {

    private static final String NOT_CONSTRUCTED = "Failed to construct kafka";

    private BrokerFault() {}

    /// Whether the next attempt may succeed. That includes the construction of a client, which fails while the host
    /// of the broker cannot be resolved; a wrong setting is reported as a plain `ConfigException` instead.
    static boolean isTransient(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof RetriableException || cause instanceof KafkaException e && notConstructed(e)) {
                return true;
            }
        }
        return false;
    }

    /// Kafka has no exception type for this.
    private static boolean notConstructed(KafkaException e) {
        String message = e.getMessage();
        return message != null && message.startsWith(NOT_CONSTRUCTED);
    }
}
