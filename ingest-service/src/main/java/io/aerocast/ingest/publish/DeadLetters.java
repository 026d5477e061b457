package io.aerocast.ingest.publish;

import io.aerocast.event.DeadLetter;
import io.aerocast.event.Observation;
import io.aerocast.event.Topics;
import io.aerocast.service.EventPublisher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends rejected observations to the dead-letter topic: key and value as received, reason and origin in the
/// headers of [DeadLetter]. A payload is truncated to 512 KiB, so that no dead letter is too large for the broker.
public final class DeadLetters {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final int LONGEST_PAYLOAD = 512 * 1024;
    private static final int LONGEST_REASON = 1_000;
    private static final int LONGEST_OBSERVATION = 4 * 1024;

    private final EventPublisher events;
    private final Clock clock;
    private final Counter sent;

    DeadLetters(EventPublisher events, Clock clock, MeterRegistry meters) {
        this.events = events;
        this.clock = clock;
        this.sent = Counter.builder("aerocast.dead.letters")
                .description("Rejected observations that the broker acknowledged on the dead-letter topic")
                .register(meters);
    }

    /// Sends a dead letter.
    ///
    /// @param reason the expected and the actual content
    /// @param origin where the observation comes from, see [Received#origin()]
    /// @return completes when the broker has acknowledged the dead letter; fails if it could not be sent
    public CompletableFuture<?> send(@Nullable String key, byte @Nullable [] payload, String reason, String origin) {
        return send(letter(key, payload, reason, origin));
    }

    /// Sends the dead letter of an observation that could be read, keyed by its station. The observation itself is in
    /// a header, so that the drift service learns of readings that are not plausible.
    CompletableFuture<?> reject(Observation observation, byte[] payload, String reason, String origin) {
        ProducerRecord<String, byte[]> letter = letter(observation.station(), payload, reason, origin);
        byte[] encoded = Topics.OBSERVATIONS.codec().encode(observation);
        if (encoded.length <= LONGEST_OBSERVATION) {
            letter.headers().add(DeadLetter.OBSERVATION, encoded);
        }
        return send(letter);
    }

    private CompletableFuture<?> send(ProducerRecord<String, byte[]> letter) {
        return events.send(letter).thenRun(sent::increment);
    }

    private ProducerRecord<String, byte[]> letter(
            @Nullable String key, byte @Nullable [] payload, String reason, String origin) {
        log.atWarn().addKeyValue("reason", reason).addKeyValue("origin", origin).log("observation rejected");
        boolean cut = payload != null && payload.length > LONGEST_PAYLOAD;
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(Topics.DEAD_LETTERS, key, cut ? Arrays.copyOf(payload, LONGEST_PAYLOAD) : payload);
        header(
                letter,
                DeadLetter.REASON,
                cut ? reason + " (payload cut at %d bytes)".formatted(LONGEST_PAYLOAD) : reason);
        header(letter, DeadLetter.ORIGIN, origin);
        header(letter, DeadLetter.REJECTED_AT, clock.instant().toString());
        return letter;
    }

    private static void header(ProducerRecord<String, byte[]> letter, String name, String text) {
        String bounded = text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
        letter.headers().add(name, bounded.getBytes(StandardCharsets.UTF_8));
    }
}
