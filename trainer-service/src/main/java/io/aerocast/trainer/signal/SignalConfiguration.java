package io.aerocast.trainer.signal;

import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.EventPublisher;
import io.aerocast.trainer.DataDirectory;
import io.aerocast.trainer.run.RunQueue;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;

@Configuration(proxyBeanMethods = false)
class SignalConfiguration {

    @Bean
    SignalConsumer signalConsumer(
            ConsumerFactory<String, byte[]> consumers,
            SignalProperties properties,
            RunQueue queue,
            MeterRegistry meters) {
        return new SignalConsumer(consumers, properties, queue, meters);
    }

    @Bean
    FlagBridge flagBridge(
            DataDirectory directory, SignalProperties properties, Pipelines pipelines, EventPublisher events) {
        return new FlagBridge(directory, properties, pipelines, events);
    }
}
