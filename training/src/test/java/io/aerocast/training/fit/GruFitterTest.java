package io.aerocast.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.GruMember;
import io.aerocast.forecast.GruModel;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class GruFitterTest {

    private final Pipeline pipeline = Synthetic.pipeline(12, 1, 6);
    private final double[] series = Synthetic.weather(1100);
    private final Dataset train = Synthetic.dataset(pipeline, series, 0, 600);
    private final Dataset validation = Synthetic.dataset(pipeline, series, 600, 800);
    private final Dataset later = Synthetic.dataset(pipeline, series, 800, 1090);

    static GruSettings settings(int epochs, int patience) {
        return settings(1, epochs, patience, false);
    }

    static GruSettings settings(int members, int epochs, int patience, boolean warmStart) {
        return new GruSettings(members, 1, 8, epochs, 32, 0.01, patience, 1, 0.1, 0, warmStart, 0.9, 42);
    }

    @Test
    void learnsWhatPersistenceCannot() {
        ForecastModel model = fit(settings(30, 10), FitProgress.SILENT);

        Residuals residuals = Residuals.of(model, later);
        assertThat(residuals.rmse(0)).isLessThan(0.5 * Synthetic.persistenceRmse(later));
        assertThat(model.card().metrics().get("validationRmse.h1"))
                .isEqualTo(Residuals.of(model, validation).rmse(0), within(1e-12));
    }

    /// The head alone cannot learn this without the recurrent weights: the target depends on the first step.
    @Test
    void remembersTheStartOfASequence() {
        Pipeline memory = Synthetic.pipeline(6, 1);
        Dataset dataset = Synthetic.dataset(
                memory,
                IntStream.range(0, 64)
                        .mapToObj(i -> {
                            double first = i % 2 == 0 ? 1 : -1;
                            double[][] rows = {{first}, {0}, {0}, {0}, {0}, {0}};
                            return new Sample(new Lookback(rows, Synthetic.hour(i)), new double[] {first});
                        })
                        .toList(),
                Synthetic.START,
                Synthetic.hour(70));

        ForecastModel model =
                new GruFitter(settings(80, 80)).fit(dataset, dataset, Synthetic.SETTINGS, FitProgress.SILENT);

        assertThat(Residuals.of(model, dataset).rmse(0)).isLessThan(0.02);
    }

    @Test
    void forecastsAsTheTrainedNetworkDoes() {
        TrainingSet samples = TrainingSet.of(train);
        GruNetwork network = new GruNetwork(samples.encoder().inputs(), new double[] {1, 1}, settings(1, 1), 42);
        int[] batch = IntStream.range(0, 50).toArray();
        for (int step = 0; step < 20; step++) {
            network.fit(samples.batch(batch, steps -> steps));
        }
        GruModel model = new GruModel(
                Synthetic.SETTINGS.card(GruModel.KIND, train, validation, 42, Map.of()),
                samples.encoder(),
                List.of(network.member()),
                samples.changeScale(),
                new double[2]);
        ForecastModel served = ModelArtifact.read(ModelArtifact.write(model));
        network.start(network.member()); // the network itself has the latest weights, not their average

        INDArray outputs =
                network.network().output(samples.batch(batch, steps -> steps).getFeatures());
        for (int i : batch) {
            Lookback lookback = train.samples().get(i).lookback();
            for (int h = 0; h < 2; h++) {
                double expected = lookback.persistence() + samples.changeScale()[h] * outputs.getDouble(i, h);
                assertThat(served.predict(lookback).value()[h]).isCloseTo(expected, within(1e-10));
            }
        }
    }

    @Test
    void givesTheSameArtifactForTheSameDataAndSeed() {
        byte[] first = ModelArtifact.write(fit(settings(3, 3), FitProgress.SILENT));

        assertThat(ModelArtifact.write(fit(settings(3, 3), FitProgress.SILENT))).isEqualTo(first);
    }

    @Test
    void isNotDisturbedByAnotherFitAtTheSameTime() throws Exception {
        byte[] alone = ModelArtifact.write(fit(settings(3, 3), FitProgress.SILENT));

        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Callable<byte[]> fit = () -> ModelArtifact.write(fit(settings(3, 3), FitProgress.SILENT));
            for (Future<byte[]> together : threads.invokeAll(List.of(fit, fit))) {
                assertThat(together.get()).isEqualTo(alone);
            }
        }
    }

    @Test
    void keepsTheBestPassAndStopsWhenPatienceEnds() {
        List<Double> errors = new ArrayList<>();

        ForecastModel model = fit(
                new GruSettings(1, 1, 8, 200, 16, 0.05, 3, 1, 0.1, 0, false, 0.9, 42), (epoch, epochs, loss, rmse) -> {
                    assertThat(epoch).isEqualTo(errors.size() + 1);
                    assertThat(epochs).isEqualTo(200);
                    assertThat(loss).isPositive();
                    errors.add(rmse);
                });

        int kept = Integer.parseInt(model.card().hyperparameters().get("epochs"));
        assertThat(errors).hasSize(kept + 3).hasSizeLessThan(200);
        assertThat(Residuals.of(model, validation).rmse(0)).isEqualTo(errors.get(kept - 1));
    }

    @Test
    void reportsTheProgressOfEveryMember() {
        List<Integer> epochs = new ArrayList<>();

        GruModel model = (GruModel) new GruFitter(settings(3, 2, 2, false))
                .fit(train, validation, Synthetic.SETTINGS, (epoch, most, loss, rmse) -> {
                    assertThat(most).isEqualTo(6);
                    epochs.add(epoch);
                });

        assertThat(epochs).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(model.members()).hasSize(3);
        assertThat(model.members().get(0).head().bias())
                .isNotEqualTo(model.members().get(1).head().bias());
    }

    /// A fraction of the windows is fitted without times, so that the network learns to forecast without them.
    @Test
    void alsoForecastsWithoutTimes() {
        ForecastModel model = fit(settings(30, 10), FitProgress.SILENT);
        List<Sample> timeless = later.samples().stream()
                .map(sample -> new Sample(new Lookback(sample.lookback().rows(), null), sample.targets()))
                .toList();

        assertThat(Residuals.of(model, Synthetic.dataset(pipeline, timeless, later.from(), later.to()))
                        .rmse(0))
                .isLessThan(0.7 * Synthetic.persistenceRmse(later));
    }

    @Test
    void startsFromTheChampionInTheScalingOfTheNewData() {
        ForecastModel champion = fit(settings(2, 20, 10, false), FitProgress.SILENT);
        double[] hotter = IntStream.range(0, series.length)
                .mapToDouble(hour -> 1.5 * series[hour] + 12)
                .toArray();
        Dataset hot = Synthetic.dataset(pipeline, hotter, 0, 600);
        TrainingSet samples = TrainingSet.of(hot);

        List<GruMember> start = WarmStart.from(
                        champion,
                        pipeline,
                        samples,
                        champion.card().trainedTo().plusSeconds(1),
                        settings(2, 20, 10, true))
                .orElseThrow();

        GruModel same = new GruModel(champion.card(), samples.encoder(), start, samples.changeScale(), new double[2]);
        Lookback lookback = hot.samples().get(100).lookback();
        assertThat(same.predict(lookback).value())
                .containsExactly(champion.predict(lookback).value(), within(1e-9));
    }

    @Test
    void needsFewerPassesFromTheChampion() {
        ForecastModel champion = new GruFitter(settings(30, 10))
                .fit(
                        Synthetic.dataset(pipeline, series, 0, 400),
                        Synthetic.dataset(pipeline, series, 400, 590),
                        Synthetic.SETTINGS,
                        FitProgress.SILENT);
        FitSettings settings = new FitSettings("v2", Synthetic.SETTINGS.trainedAt(), "0.1.0", null, champion);
        double aim = Residuals.of(champion, validation).rmse(0);

        ForecastModel cold = fit(settings(1, 1), FitProgress.SILENT);
        ForecastModel model =
                new GruFitter(settings(1, 1, 1, true)).fit(train, validation, settings, FitProgress.SILENT);

        assertThat(Residuals.of(cold, validation).rmse(0)).isGreaterThan(1.05 * aim);
        assertThat(Residuals.of(model, validation).rmse(0)).isLessThan(1.02 * aim);
        assertThat(model.card().hyperparameters()).containsEntry("warmStart", "v1");
    }

    @Test
    void startsFromRandomWeightsWhereTheChampionHasAnotherShape() {
        TrainingSet samples = TrainingSet.of(train);
        ForecastModel champion = fit(settings(2, 2), FitProgress.SILENT);

        Instant later = champion.card().trainedTo().plusSeconds(1);
        Pipeline other = Synthetic.pipeline(12, 1);
        assertThat(WarmStart.from(champion, pipeline, samples, later, settings(2, 2)))
                .isPresent();
        assertThat(WarmStart.from(champion, pipeline, samples, later, settings(2, 2, 2, true)))
                .isEmpty();
        assertThat(WarmStart.from(champion, other, samples, later, settings(2, 2)))
                .isEmpty();
        assertThat(WarmStart.from(null, pipeline, samples, later, settings(2, 2)))
                .isEmpty();
    }

    /// Early stopping would mistake memorised data for skill.
    @Test
    void startsFromRandomWeightsWhereTheChampionHasSeenTheValidationData() {
        ForecastModel champion = fit(settings(2, 2), FitProgress.SILENT);
        FitSettings settings = new FitSettings("v2", Synthetic.SETTINGS.trainedAt(), "0.1.0", null, champion);

        ForecastModel model =
                new GruFitter(settings(1, 2, 2, true)).fit(train, validation, settings, FitProgress.SILENT);

        assertThat(model.card().hyperparameters()).doesNotContainKey("warmStart");
    }

    @Test
    void learnsFromSamplesThatLackATarget() {
        List<Sample> thinned = train.samples().stream()
                .map(sample -> sample.targets()[1] > 15
                        ? new Sample(sample.lookback(), new double[] {sample.targets()[0], Double.NaN})
                        : sample)
                .toList();
        Dataset gaps = Synthetic.dataset(pipeline, thinned, train.from(), train.to());

        ForecastModel model =
                new GruFitter(settings(15, 15)).fit(gaps, validation, Synthetic.SETTINGS, FitProgress.SILENT);

        assertThat(Residuals.of(model, later).rmse(0)).isLessThan(0.8 * Synthetic.persistenceRmse(later));
    }

    @Test
    void fitsAConstantTarget() {
        Dataset constant = Synthetic.dataset(pipeline, Synthetic.series(200, hour -> 4), 0, 150);

        ForecastModel model =
                new GruFitter(settings(2, 2)).fit(constant, constant, Synthetic.SETTINGS, FitProgress.SILENT);

        assertThat(model.predict(constant.samples().getFirst().lookback()).value()[0])
                .isFinite();
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() {
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> fit(
                        settings(50, 50),
                        (epoch, epochs, loss, rmse) -> Thread.currentThread().interrupt()));

        assertThat(Thread.interrupted()).isTrue();
    }

    private ForecastModel fit(GruSettings settings, FitProgress progress) {
        return new GruFitter(settings).fit(train, validation, Synthetic.SETTINGS, progress);
    }
}
