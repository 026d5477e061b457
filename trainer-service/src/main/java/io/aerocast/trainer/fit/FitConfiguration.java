package io.aerocast.trainer.fit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

@Configuration(proxyBeanMethods = false)
class FitConfiguration {

    private static final Logger log = LoggerFactory.getLogger(FitConfiguration.class);

    @Bean
    Fitter gruFitter(FitProperties properties) {
        return new GruFitter(properties);
    }

    @Bean
    Fitter seasonalFitter(FitProperties properties) {
        return new SeasonalFitter(properties);
    }

    /// Loads what a fit needs beside the start of the service, so that the first retraining does not wait for it.
    @EventListener(ApplicationStartedEvent.class)
    void warmUp() {
        Thread.ofPlatform().name("fit-warm-up").daemon().start(() -> {
            try {
                GruFitter.warmUp();
            } catch (RuntimeException | LinkageError e) {
                log.atError()
                        .addKeyValue("reason", e.toString())
                        .setCause(e)
                        .log("cannot warm up; a fit of a gru will fail");
            }
        });
    }
}
