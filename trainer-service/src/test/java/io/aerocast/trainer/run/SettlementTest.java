package io.aerocast.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.SeasonalModel;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.trainer.record.Examples;
import io.aerocast.trainer.record.Outcome.Held;
import io.aerocast.trainer.record.Outcome.Proven;
import io.aerocast.trainer.record.Outcome.Published;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.record.RunRecords;
import io.aerocast.trainer.release.Champions;
import io.aerocast.trainer.release.ModelRelease;
import io.aerocast.trainer.track.RunTracker;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SettlementTest {

    private final Champions champions = mock(Champions.class);
    private final ModelRelease release = mock(ModelRelease.class);
    private final RunRecords runs = mock(RunRecords.class);
    private final RunTracker tracker = mock(RunTracker.class);
    private final Proven proven = Examples.proven();
    private final RunRecord run = Examples.started().with(proven);
    private final Settlement settlement = new Settlement(
            Pipelines.builtIn(),
            champions,
            runs,
            release,
            tracker,
            mock(RunMetrics.class),
            mock(TrainingStatus.class),
            () -> Examples.TIME);

    @BeforeEach
    void stub() throws Exception {
        when(release.lock(any())).thenReturn(new ReentrantLock());
        when(release.read(anyString())).thenReturn(new byte[] {1});
        when(runs.save(any())).thenAnswer(call -> call.getArgument(0));
        when(tracker.track(any(), anyString())).thenAnswer(call -> call.getArgument(0));
    }

    @Test
    void publishesAgainstTheChampionItWasComparedWith() throws Exception {
        serves(Objects.requireNonNull(proven.candidate().champion()));

        assertThat(settlement.settle(run, "gru").outcome("gru")).containsInstanceOf(Published.class);

        verify(release).publish(any());
    }

    @Test
    void holdsACandidateWhoseChampionServesNoMore() throws Exception {
        serves("20260101T000000Z-aaaaaaa");

        assertThat(settlement.settle(run, "gru").outcome("gru")).containsInstanceOf(Held.class);

        verify(release, never()).publish(any());
    }

    private void serves(String version) throws Exception {
        ForecastModel model = mock(SeasonalModel.class, RETURNS_DEEP_STUBS);
        when(model.card().version()).thenReturn(version);
        when(champions.find(any(), anyString())).thenReturn(Optional.of(model));
    }
}
