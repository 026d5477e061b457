package io.aerocast.trainer.schedule;

import io.aerocast.lake.Lake;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.EventPublisher;
import io.aerocast.trainer.DataDirectory;
import io.aerocast.trainer.record.RunRecords;
import io.aerocast.trainer.settings.DatasetProperties;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ScheduleConfiguration {

    @Bean
    LandedTimes landedTimes(DataDirectory directory) {
        return new LandedTimes(new Lake(directory.lake()));
    }

    @Bean
    Scheduler scheduler(
            Pipelines pipelines,
            ScheduleProperties properties,
            DatasetProperties dataset,
            LandedTimes landed,
            RunRecords runs,
            EventPublisher events) {
        return new Scheduler(
                pipelines,
                properties,
                new Schedule(properties, dataset.minimumRecent()),
                new SecondTries(properties),
                landed,
                runs,
                events,
                Clock.tickMillis(ZoneOffset.UTC));
    }
}
