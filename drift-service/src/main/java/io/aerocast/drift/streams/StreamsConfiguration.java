package io.aerocast.drift.streams;

import io.aerocast.drift.detect.Detecting;
import io.aerocast.drift.match.Matching;
import io.aerocast.drift.signal.Signalling;
import io.aerocast.service.KafkaClientMeters;
import io.aerocast.service.TopicsProperties;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StreamsConfiguration {

    @Bean
    DriftStreams driftStreams(
            Matching matching,
            Detecting detecting,
            Signalling signalling,
            StreamsProperties properties,
            TopicsProperties topics,
            KafkaProperties kafka,
            MeterRegistry meters,
            KafkaClientMeters clientMeters) {
        return new DriftStreams(
                new DriftTopology(matching, detecting, signalling), properties, topics, kafka, meters, clientMeters);
    }
}
