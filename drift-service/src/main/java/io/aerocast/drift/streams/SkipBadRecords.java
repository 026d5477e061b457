package io.aerocast.drift.streams;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts, logs and skips records that cannot be read or processed. A failure of Kafka is not the record's fault:
/// it stops the thread, whose replacement processes the record again.
public final class SkipBadRecords implements DeserializationExceptionHandler, ProcessingExceptionHandler {

    /// Configuration key of the meter registry.
    static final String METERS = "aerocast.meters";

    private static final Logger log = LoggerFactory.getLogger(SkipBadRecords.class);

    private @Nullable MeterRegistry meters;

    @Override
    public void configure(Map<String, ?> configs) {
        meters = (MeterRegistry) configs.get(METERS);
    }

    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> input, Exception fault) {
        skipped(context, "unreadable", fault.getMessage(), null);
        return DeserializationExceptionHandler.Response.resume();
    }

    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, Record<?, ?> input, Exception fault) {
        if (fault instanceof KafkaException) {
            return ProcessingExceptionHandler.Response.fail();
        }
        skipped(context, "failed", fault.getMessage(), fault);
        return ProcessingExceptionHandler.Response.resume();
    }

    private void skipped(
            ErrorHandlerContext context, String reason, @Nullable String cause, @Nullable Exception trace) {
        log.atWarn()
                .addKeyValue("topic", context.topic())
                .addKeyValue("partition", context.partition())
                .addKeyValue("offset", context.offset())
                .addKeyValue("reason", reason)
                .addKeyValue("cause", cause)
                .setCause(trace)
                .log("record skipped");
        if (meters != null) {
            Counter.builder("aerocast.records.skipped")
                    .description("Records that could not be read or processed")
                    .tag("topic", String.valueOf(context.topic()))
                    .tag("reason", reason)
                    .register(meters)
                    .increment();
        }
    }
}
