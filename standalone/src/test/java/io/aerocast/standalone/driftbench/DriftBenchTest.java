package io.aerocast.standalone.driftbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.forecast.RidgeModel;
import io.aerocast.ingest.source.Heatwave;
import io.aerocast.observation.ObservationFile;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.standalone.driftbench.DriftBench.Result;
import io.aerocast.trainer.settings.TrainerSettings;
import io.aerocast.training.TrainingSettings;
import io.aerocast.training.backtest.BacktestProgress;
import io.aerocast.training.fit.Fitter;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds the detection on the shipped year of readings, with the ridge regression and the blend as the models that
/// are served. The bounds are those that were measured, so that a change for the worse shows here first; the table of
/// `docs/drift.md` is measured on other stations, with all models.
class DriftBenchTest {

    private static final int STARTS = 4;

    private static Result result;

    @BeforeAll
    static void measure() throws IOException {
        String name = "KJFK-2013.csv.gz";
        Pipeline noaa = Pipelines.builtIn().require("noaa");
        ReadingGrid grid = ReadingGrid.of(
                noaa,
                ObservationFile.readCsv(name, Heatwave.class.getResourceAsStream(name), noaa)
                        .observations());
        TrainingSettings settings = TrainerSettings.read().training();
        List<Fitter> ridge = settings.fitters().stream()
                .filter(fitter -> fitter.kind().equals(RidgeModel.KIND))
                .toList();
        Served served = Served.fit(grid, 0.3333, ridge, settings.split().maximumSamples(), BacktestProgress.SILENT);
        result = new DriftBench(
                        served,
                        served.models(),
                        STARTS,
                        1,
                        Scenario.of(served.grid().pipeline()),
                        new ErrorStreams(served.grid().pipeline(), Writer.nullWriter()),
                        BacktestProgress.SILENT)
                .run();
    }

    @Test
    void anUnchangedYearHasOneEpisodeAndNoFault() {
        double episodes = result.calm().episodes().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum()
                * result.calm().years();

        assertThat(result.calm().years()).isGreaterThan(0.5);
        assertThat(episodes).isLessThan(1.5);
        assertThat(result.calm().faults()).isEmpty();
    }

    @Test
    void threeOfFourRampsAreDriftWithinADay() {
        Tally ramp = tally("+12 °C over 24 h, held");

        assertThat(ramp.found()).isGreaterThanOrEqualTo(0.75);
        assertThat(ramp.delay()).isLessThan(24);
        assertThat(ramp.fault()).isZero();
    }

    /// @param hours largest mean delay
    @ParameterizedTest
    @CsvSource({
        "noise of 2 °C, 18",
        "stuck for 24 h, 18",
        "stuck for 72 h, 18",
        "5 % spikes of 15 °C, 90",
        "readings in °F, 6",
        "clock 1 h late, 168",
        "wind stuck, 24"
    })
    void theseFaultsAreNamedAtEachStartAndAreNoDrift(String title, double hours) {
        Tally tally = tally(title);

        assertThat(tally.named()).isEqualTo(1);
        assertThat(tally.delay()).isLessThanOrEqualTo(hours);
        assertThat(tally.drift()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"offset of +8 °C", "pressure +3 hPa"})
    void halfOfTheseOffsetsAreNamedAndTheOthersAreNoDrift(String title) {
        assertThat(tally(title).named()).isGreaterThanOrEqualTo(0.5);
        assertThat(tally(title).delay()).isLessThanOrEqualTo(24);
        assertThat(tally(title).drift()).isZero();
    }

    @Test
    void wholeDegreesAreNeitherDriftNorAFault() {
        assertThat(tally("whole degrees").drift()).isZero();
        assertThat(tally("whole degrees").fault()).isZero();
    }

    private static Tally tally(String title) {
        return result.scenarios().entrySet().stream()
                .filter(entry -> entry.getKey().title().equals(title))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }
}
