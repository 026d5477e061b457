package io.aerocast.training.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.training.backtest.HeatwaveIntervals.Scores;
import io.aerocast.training.score.IntervalScore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// JFK from July on, with the seasonal model; and from October on, with a blend.
class HeatwaveIntervalsTest {

    private static final Path YEAR = Path.of(
                    "..", "ingest-service", "src", "main", "resources", "io", "aerocast", "ingest", "source")
            .resolve("KJFK-2013.csv.gz");

    private static HeatwaveIntervals experiment;
    private static HeatwaveIntervals october;

    @BeforeAll
    static void fit() throws IOException {
        experiment =
                new HeatwaveIntervals(HeatwaveIntervals.read(YEAR), Instant.parse("2013-07-01T00:00:00Z"), "seasonal");
        october = new HeatwaveIntervals(
                HeatwaveIntervals.read(YEAR), Instant.parse("2013-10-01T00:00:00Z"), "seasonal+ridge");
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
    void coverMostOfAHeatwaveWithoutGrowing() {
        List<Scores> scores = experiment.heatwave(Instant.parse("2013-07-11T00:00:00Z"));

        IntervalScore all = scores.getFirst().adapted();
        IntervalScore firstWeek = scores.get(1).adapted();
        assertThat(firstWeek.coverage()).isGreaterThan(0.7);
        assertThat(all.coverage()).isBetween(0.88, 0.92);
        assertThat(all.winkler()).isLessThan(16);
    }

    /// Without a GRU, whose fit takes too long for a test; docs/forecasting.md has the figures with one.
    @Test
    void aBlendServedFromOctoberCoversMostOfAHeatwave() {
        List<Scores> scores = october.heatwave(Instant.parse("2013-10-11T00:00:00Z"));

        assertThat(scores.get(1).adapted().coverage()).isGreaterThanOrEqualTo(0.75);
        assertThat(scores.getFirst().adapted().coverage()).isBetween(0.88, 0.92);
        assertThat(scores.getFirst().adapted().winkler()).isLessThan(18.3);
    }

    @Test
    void aBlendServedFromOctoberKeepsTheNominalCoverageAtEveryHorizon() {
        List<Step> calm = october.calm();

        for (int h = 0; h < 24; h++) {
            assertThat(october.score(calm, h, _ -> true).adapted().coverage())
                    .as("coverage %d hours ahead", h + 1)
                    .isBetween(0.88, 0.92);
        }
    }
}
