package io.aerocast.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aerocast.event.Observation;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.lake.Lake;
import io.aerocast.lake.LandedObservation;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.training.Training.TrainedModel;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.fit.FitProgress;
import io.aerocast.training.fit.Fitter;
import io.aerocast.training.judge.Verdict.Held;
import io.aerocast.training.judge.Verdict.Promoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {

    private static final Pipeline SIM = Pipelines.builtIn().require("sim");

    private static final TrainingSettings SETTINGS = SmallSettings.of(2, 4, 3, 0.004, 100);

    private final Training training = new Training(SETTINGS);

    @TempDir
    Path directory;

    @BeforeEach
    void land() throws IOException {
        Random random = new Random(3);
        List<LandedObservation> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            double value = 20 + 5 * Math.sin(2 * Math.PI * i / 24) + 0.3 * random.nextGaussian();
            Instant time = Instant.EPOCH.plusSeconds(1_000_000 + i);
            rows.add(new LandedObservation(
                    new Observation("sim", "lab", time, Map.of("temperature", value)), 0, i, time));
        }
        new Lake(directory).write(SIM, rows);
    }

    @Test
    void trainsEveryKind() {
        assertThat(training.kinds()).containsExactlyInAnyOrderElementsOf(ModelKinds.TRAINED);
    }

    @Test
    void needsTimesForTheFitOfAModelThatNeedsThem() {
        List<Sample> samples = training.samples(SIM, directory);

        for (Fitter fitter : SETTINGS.fitters()) {
            TrainedModel trained = training.train(fitter.kind(), SIM, samples, null, FitProgress.SILENT);
            assertThat(trained.model().needsTime()).as(fitter.kind()).isEqualTo(fitter.needsTime());
        }
    }

    @Test
    void trainsFromTheLakeAndJudges() {
        List<Sample> samples = training.samples(SIM, directory);

        TrainedModel trained = training.train("seasonal", SIM, samples, null, FitProgress.SILENT);

        assertThat(trained.verdict()).isInstanceOf(Promoted.class);
        ForecastModel read = ModelArtifact.read(trained.artifact());
        assertThat(read.card()).isEqualTo(trained.model().card());
        assertThat(read.card().version()).matches("\\d{8}T\\d{6}Z-[0-9a-f]{7}");
        assertThat(trained.report())
                .contains("of pipeline sim: promoted", "horizon", "there is no champion", "+ coverage");
        assertThat(training.train("seasonal", SIM, samples, read, FitProgress.SILENT)
                        .verdict())
                .isInstanceOf(Held.class);
    }

    @Test
    void trainsAGruFromATrainingFileOfAnyWindow() throws IOException {
        Path csv = directory.resolve("train.csv");
        int windows = training.writeTrainingData(SIM, 5, directory, csv);
        assertThat(windows).isEqualTo(Files.readAllLines(csv).size() - 1).isEqualTo(296);

        Dataset data = training.samples(csv, SIM);
        List<Integer> epochs = new ArrayList<>();
        TrainedModel trained =
                training.train("gru", data.pipeline(), data.samples(), null, (epoch, _, _, _) -> epochs.add(epoch));

        assertThat(trained.model().card().lookback()).isEqualTo(5);
        assertThat(trained.model().card().horizons()).containsExactly(1);
        assertThat(epochs).containsExactly(1, 2, 3, 4, 5, 6); // of two networks
    }

    @Test
    void aSeasonalModelCannotBeTrainedWithoutTimes() throws IOException {
        Path csv = directory.resolve("train.csv");
        training.writeTrainingData(SIM, 24, directory, csv);
        Dataset data = training.samples(csv, SIM);

        assertThatThrownBy(() -> training.train("seasonal", data.pipeline(), data.samples(), null, FitProgress.SILENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs the time of each window");
    }

    @Test
    void namesWhatIsMissing() {
        List<Sample> few = training.samples(SIM, directory).subList(0, 50);
        assertThatThrownBy(() -> training.train("seasonal", SIM, few, null, FitProgress.SILENT))
                .hasMessage(
                        "Cannot train on pipeline sim: the window is too short: 50 grid times with samples landed in time, 100 are needed");
        assertThatThrownBy(() -> training.train("prophet", SIM, few, null, FitProgress.SILENT))
                .hasMessage("Unknown model 'prophet' (known: [gru, ridge, seasonal])");
        Pipeline noaa = Pipelines.builtIn().require("noaa");
        assertThatThrownBy(() -> training.writeTrainingData(noaa, 5, directory, directory.resolve("x.csv")))
                .hasMessageContaining("No window of 5 steps of pipeline noaa has landed");
    }
}
