package io.aerocast.trainer.release;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;

/// What goes wrong with a broker.
final class BrokerFault {

    private static final String NOT_CONSTRUCTED = "Failed to construct kafka";

    private BrokerFault() {}

    /// Whether it may go well at the next attempt. So may the construction of a client, which fails while the broker's
    /// host cannot be resolved; a wrong setting is told otherwise, as a bare `ConfigException`.
    static boolean isTransient(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof RetriableException || cause instanceof KafkaException e && notConstructed(e)) {
                return true;
            }
        }
        return false;
    }

    /// Kafka has no type of its own for this.
    private static boolean notConstructed(KafkaException e) {
        String message = e.getMessage();
        return message != null && message.startsWith(NOT_CONSTRUCTED);
    }
}
