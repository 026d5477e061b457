package io.aerocast.trainer.settings;

import io.aerocast.lake.Lake;
import io.aerocast.trainer.DataDirectory;
import io.aerocast.training.TrainingSettings;
import io.aerocast.training.dataset.LandedData;
import io.aerocast.training.fit.GruFitter;
import io.aerocast.training.judge.Judge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/// The parts of the training library, with the settings of the service.
@Configuration(proxyBeanMethods = false)
class TrainingConfiguration {

    private static final Logger log = LoggerFactory.getLogger(TrainingConfiguration.class);

    @Bean
    LandedData landedData(DataDirectory directory, DatasetProperties dataset) {
        return new LandedData(new Lake(directory.lake()), dataset.maximumSamples());
    }

    @Bean
    TrainingSettings trainingSettings(
            DatasetProperties dataset, FitProperties fit, FlatOutputProperties flatOutput, JudgeProperties gate) {
        return TrainerSettings.training(dataset, fit, flatOutput, gate);
    }

    @Bean
    Judge judge(TrainingSettings settings) {
        return settings.judge();
    }

    /// Loads the native libraries while the service starts, so that the first training does not wait for them.
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
