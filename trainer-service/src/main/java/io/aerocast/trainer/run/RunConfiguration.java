package io.aerocast.trainer.run;

import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.ReceivedRecords;
import io.aerocast.trainer.DataDirectory;
import io.aerocast.trainer.record.RunRecords;
import io.aerocast.trainer.release.Champions;
import io.aerocast.trainer.release.ModelRelease;
import io.aerocast.trainer.settings.DatasetProperties;
import io.aerocast.trainer.settings.JudgeProperties;
import io.aerocast.trainer.track.RunTracker;
import io.aerocast.training.TrainingSettings;
import io.aerocast.training.dataset.LandedData;
import io.aerocast.training.judge.Judge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RunConfiguration {

    private static final InstantSource CLOCK = Clock.tickMillis(ZoneOffset.UTC);

    @Bean
    TrainingStatus trainingStatus(Pipelines pipelines, MeterRegistry meters) {
        return new TrainingStatus(pipelines, meters);
    }

    @Bean
    BatchOutcomes batchOutcomes(PushgatewayProperties properties) {
        return properties.on() ? new PushedOutcomes(properties) : BatchOutcomes.none();
    }

    @Bean
    RunRecords runRecords(DataDirectory directory) {
        return new RunRecords(directory);
    }

    @Bean
    RunMetrics runMetrics(Pipelines pipelines, MeterRegistry meters, RunRecords runs, BatchOutcomes outcomes)
            throws IOException {
        return new RunMetrics(pipelines, meters, runs.all(), outcomes);
    }

    @Bean
    Candidates candidates(
            Judge judge,
            Champions champions,
            ModelRelease release,
            RunRecords runs,
            RecurringProperties properties,
            RunTracker tracker,
            TrainingStatus status) {
        Recurring recurring = new Recurring(judge, runs, release, properties, CLOCK);
        return new Candidates(judge, recurring, champions, release, tracker, status, CLOCK);
    }

    @Bean
    Runner runner(
            Pipelines pipelines,
            LandedData data,
            DatasetProperties dataset,
            JudgeProperties judgement,
            TrainingSettings settings,
            Candidates candidates,
            Champions champions,
            ModelRelease release,
            DataDirectory directory,
            RunRecords runs,
            RunTracker tracker,
            TrainingStatus status,
            RunMetrics metrics)
            throws IOException {
        requireSizeableHoldOut(dataset, judgement);
        return new Runner(
                pipelines,
                directory,
                runs,
                new SignalIndex(runs, runs.all()),
                new Collector(data, dataset, CLOCK),
                settings,
                candidates,
                new Settlement(pipelines, champions, runs, release, tracker, metrics, status, CLOCK),
                metrics,
                status,
                CLOCK);
    }

    @Bean(destroyMethod = "") // SignalConsumer closes it, before it commits
    RunQueue runQueue(
            Pipelines pipelines,
            Runner runner,
            ReceivedRecords records,
            TrainingStatus status,
            DatasetProperties dataset) {
        return new RunQueue(pipelines, runner, records, status, dataset.pollInterval());
    }

    @Bean
    CancelController cancelController(RunQueue queue) {
        return new CancelController(queue);
    }

    @Bean
    TrainingsController trainingsController(TrainingStatus status, RunRecords runs) {
        return new TrainingsController(status, runs);
    }

    /// With a hold-out that is always too small, every candidate would be held.
    private static void requireSizeableHoldOut(DatasetProperties dataset, JudgeProperties judgement) {
        int holdOut = Math.max(
                (int) (dataset.minimumRecent() * dataset.holdOutFraction()),
                Math.min(dataset.minimumHoldOut(), dataset.minimumRecent() / 2));
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
