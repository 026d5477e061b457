package io.aerocast.trainer.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.trainer.backtest.HeatwaveIntervals.Scores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The year of JFK from July on, with the seasonal model.
class HeatwaveIntervalsTest {

    private static final Path YEAR = Path.of(
                    "..", "ingest-service", "src", "main", "resources", "io", "aerocast", "ingest", "source")
            .resolve("KJFK-2013.csv.gz");

    private static HeatwaveIntervals experiment;

    @BeforeAll
    static void fit() throws IOException {
        experiment =
                new HeatwaveIntervals(HeatwaveIntervals.read(YEAR), Instant.parse("2013-07-01T00:00:00Z"), "seasonal");
    }

    @Test
    void keepTheNominalCoverageAtEveryHorizon() {
        List<Step> calm = experiment.calm();

        for (int h = 0; h < 24; h++) {
            assertThat(experiment.score(calm, h, _ -> true).adapted().coverage())
                    .as("coverage %d hours ahead", h + 1)
                    .isBetween(0.88, 0.92);
        }
    }

    @Test
    void holdMoreOfAHeatwaveThanTheModelsOwn() {
        List<Scores> scores = experiment.heatwave(Instant.parse("2013-07-11T00:00:00Z"));

        Scores all = scores.getFirst();
        Scores firstWeek = scores.get(1);
        assertThat(firstWeek.calibrated().coverage()).isLessThan(0.7);
        assertThat(firstWeek.adapted().coverage()).isGreaterThan(0.7);
        assertThat(all.adapted().coverage()).isBetween(0.88, 0.92);
        assertThat(all.adapted().winkler()).isLessThan(1.05 * all.calibrated().winkler());
    }
}
