package io.aerocast.trainer.run;

import io.aerocast.pipeline.Pipelines;
import io.aerocast.trainer.DataDirectory;
import io.aerocast.trainer.record.RunRecords;
import io.aerocast.trainer.release.Champions;
import io.aerocast.trainer.release.ModelRelease;
import io.aerocast.trainer.settings.DatasetProperties;
import io.aerocast.trainer.settings.JudgeProperties;
import io.aerocast.trainer.track.RunTracker;
import io.aerocast.training.dataset.LandedData;
import io.aerocast.training.fit.Fitter;
import io.aerocast.training.judge.Judge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RunConfiguration {

    @Bean
    TrainingStatus trainingStatus(Pipelines pipelines, MeterRegistry meters) {
        return new TrainingStatus(pipelines, meters);
    }

    @Bean
    BatchOutcomes batchOutcomes(PushgatewayProperties properties) {
        return properties.on() ? new PushedOutcomes(properties) : BatchOutcomes.none();
    }

    @Bean
    Runner runner(
            Pipelines pipelines,
            LandedData data,
            DatasetProperties dataset,
            JudgeProperties judgement,
            List<Fitter> fitters,
            Judge judge,
            Champions champions,
            ModelRelease release,
            DataDirectory directory,
            RunTracker tracker,
            TrainingStatus status,
            BatchOutcomes outcomes,
            MeterRegistry meters)
            throws IOException {
        requireSizeableHoldOut(dataset, judgement);
        InstantSource clock = Clock.tickMillis(ZoneOffset.UTC);
        RunRecords runs = new RunRecords(directory);
        RunMetrics metrics = new RunMetrics(meters, runs.all(), outcomes);
        return new Runner(
                pipelines,
                directory,
                runs,
                new Collector(data, dataset, status, clock),
                fitters,
                judge,
                new Candidates(judge, champions, release, tracker, status, clock),
                new Settlement(runs, release, tracker, metrics, status, clock),
                metrics,
                status,
                clock);
    }

    /// With a hold-out that is always too small, every candidate would be held.
    private static void requireSizeableHoldOut(DatasetProperties dataset, JudgeProperties judgement) {
        int holdOut = (int) (dataset.minimumRecent() * dataset.holdOutFraction());
        if (holdOut < judgement.minimumCount()) {
            throw new IllegalStateException(
                    ("aerocast.trainer.dataset.minimum-recent %d times hold-out-fraction %s leaves %d grid times to "
                                    + "judge, aerocast.trainer.judge.minimum-count asks for %d")
                            .formatted(
                                    dataset.minimumRecent(),
                                    dataset.holdOutFraction(),
                                    holdOut,
                                    judgement.minimumCount()));
        }
    }
}
