package io.aerocast.trainer.probation;

import io.aerocast.pipeline.Pipelines;
import io.aerocast.trainer.record.RunRecords;
import io.aerocast.trainer.release.Champions;
import io.aerocast.trainer.release.Rollback;
import io.aerocast.trainer.schedule.LandedTimes;
import io.aerocast.trainer.settings.DatasetProperties;
import io.aerocast.training.dataset.LandedData;
import io.aerocast.training.judge.Judge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ProbationConfiguration {

    @Bean
    Probations probations(
            ProbationProperties properties,
            Judge judge,
            RunRecords runs,
            Champions champions,
            Rollback rollback,
            MeterRegistry meters) {
        return new Probations(
                properties,
                new ReverseTest(judge),
                runs,
                champions,
                rollback,
                new ProbationMetrics(meters),
                Clock.tickMillis(ZoneOffset.UTC));
    }

    @Bean
    ProbationWatch probationWatch(
            Pipelines pipelines,
            ProbationProperties properties,
            Probations probations,
            LandedTimes landed,
            LandedData data,
            RunRecords runs,
            DatasetProperties dataset) {
        return new ProbationWatch(pipelines, properties, probations, landed, data, runs, dataset.pollInterval());
    }
}
