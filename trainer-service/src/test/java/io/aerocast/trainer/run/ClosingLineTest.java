package io.aerocast.trainer.run;

import static io.aerocast.trainer.record.Examples.SIGNAL;
import static io.aerocast.trainer.record.Examples.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.trainer.record.Examples;
import io.aerocast.trainer.record.Outcome.Unfitted;
import io.aerocast.trainer.record.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClosingLineTest {

    @Test
    void theClosingLineHoldsEverything() {
        assertThat(ClosingLine.of(SIGNAL, Examples.proven().published(), Duration.ofMillis(12_340)))
                .isEqualTo(
                        "run finished: reason=drift pipeline=sim feature=temperature model=gru version=20261123T035100Z-1f3870b "
                                + "verdict=promoted rmse=0.7140 champion=1.5000 persistence=0.9060 seconds=12.3");
        assertThat(ClosingLine.of(SIGNAL, new Unfitted(Examples.FEATURE, "gru", TIME, "too few"), Duration.ZERO))
                .isEqualTo(
                        "run finished: reason=drift pipeline=sim feature=temperature model=gru version=none verdict=held rmse=none"
                                + " champion=none persistence=none seconds=0.0");
    }

    @Test
    void theLastTrainingIsWrittenForEachKind(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("last_retrain.txt");
        RunRecord held = Examples.started().with(new Unfitted(Examples.FEATURE, "gru", TIME, "too few"));
        new LastRetrain(file).write(held, TIME);
        assertThat(file).doesNotExist();

        new LastRetrain(file).write(held.with(Examples.proven()), TIME.plusSeconds(5));

        assertThat(file)
                .hasContent(
                        "2026-11-23T03:51:05Z pipeline=sim feature=temperature model=gru version=20261123T035100Z-1f3870b verdict=promoted\n");
    }
}
