package io.aerocast.drift.detect;

import io.aerocast.event.DeadLetter;
import io.aerocast.event.Topics;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/// Reads the observations in the headers of dead letters. A dead letter without one gives no input, and so does one
/// whose key is not its station: it may lie on the partition of other stations.
final class RefusedObservations extends ContextualFixedKeyProcessor<String, byte[], DetectInput> {

    @Override
    public void process(FixedKeyRecord<String, byte[]> letter) {
        Header header = letter.headers().lastHeader(DeadLetter.OBSERVATION);
        if (header != null) {
            DetectInput.Refused refused =
                    new DetectInput.Refused(Topics.OBSERVATIONS.codec().decode(header.value()));
            if (refused.observation().station().equals(letter.key())) {
                context().forward(letter.withValue(refused));
            }
        }
    }
}
