package io.aerocast.trainer.fit;

import io.aerocast.forecast.GruModel;
import io.aerocast.forecast.ModelCard;
import io.aerocast.trainer.dataset.Dataset;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/// Fits the GRU through DL4J: Adam on shuffled mini-batches, until the error on the validation data has not fallen for
/// some passes. The weights of the best pass are kept.
final class GruFitter implements Fitter {

    private final FitProperties properties;

    GruFitter(FitProperties properties) {
        this.properties = properties;
    }

    /// Does once what is slow the first time: loads ND4J's native library and DL4J's classes.
    static void warmUp() {
        FitProperties smallest = new FitProperties(1, 1, 1, 0.1, 1, 1, 1, 0.9, 1);
        GruNetwork network = new GruNetwork(1, new double[] {1}, smallest);
        network.fit(new DataSet(Nd4j.zeros(DataType.DOUBLE, 1, 2, 1), Nd4j.zeros(DataType.DOUBLE, 1, 1)));
    }

    @Override
    public String kind() {
        return GruModel.KIND;
    }

    @Override
    public GruModel fit(Dataset train, Dataset validation, FitSettings settings, FitProgress progress) {
        return new Fit(train.clean(), validation.clean(), settings).run(progress);
    }

    /// One fit in progress.
    private final class Fit {

        private final Dataset train;
        private final Dataset validation;
        private final FitSettings settings;
        private final TrainingSet samples;
        private final double[] horizonWeights;
        private final GruNetwork network;
        private final Random random = new Random(properties.seed());

        private Fit(Dataset train, Dataset validation, FitSettings settings) {
            this.train = train;
            this.validation = validation;
            this.settings = settings;
            this.samples = TrainingSet.of(train);
            this.horizonWeights = horizonWeights(train);
            this.network = new GruNetwork(samples.scaler().features(), horizonWeights, properties);
        }

        private GruModel run(FitProgress progress) {
            Pass best = pass(0);
            for (int epoch = 1; epoch <= properties.epochs() && epoch - best.epoch <= properties.patience(); epoch++) {
                network.learningRate(learningRate(epoch));
                double loss = train();
                Pass pass = pass(epoch);
                progress.epoch(epoch, properties.epochs(), loss, pass.residuals.rmse(0));
                best = pass.error < best.error ? pass : best;
            }
            return best.model.calibrated(best.residuals.metrics(), best.residuals.halfWidths(properties.coverage()));
        }

        /// One pass over the training data in a new order.
        ///
        /// @return the mean loss
        private double train() {
            int[] order = shuffled(samples.size(), random);
            double loss = 0;
            for (int from = 0; from < order.length; from += properties.batchSize()) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("The fit was interrupted");
                }
                int to = Math.min(from + properties.batchSize(), order.length);
                loss += network.fit(samples.batch(Arrays.copyOfRange(order, from, to))) * (to - from);
            }
            return loss / order.length;
        }

        /// The model as it is after a pass, and how well it does.
        private Pass pass(int epoch) {
            ModelCard card = settings.card(kind(), train, validation, properties.seed(), hyperparameters(epoch));
            double[] changeScale = samples.changeScale();
            double[] unknown = new double[changeScale.length];
            GruModel model =
                    new GruModel(card, samples.scaler(), network.layers(), network.head(), changeScale, unknown);
            Residuals residuals = Residuals.of(model, validation);
            return new Pass(epoch, model, residuals, residuals.weightedMeanSquare(changeScale, horizonWeights));
        }
    }

    private record Pass(int epoch, GruModel model, Residuals residuals, double error) {}

    /// A cosine from the configured rate to a tenth of it.
    private double learningRate(int epoch) {
        double done = (epoch - 1.0) / properties.epochs();
        return properties.learningRate() * (0.55 + 0.45 * StrictMath.cos(Math.PI * done));
    }

    private Map<String, String> hyperparameters(int epochs) {
        return Map.of(
                "hidden", String.valueOf(properties.hidden()),
                "epochs", String.valueOf(epochs),
                "batchSize", String.valueOf(properties.batchSize()),
                "learningRate", String.valueOf(properties.learningRate()),
                "patience", String.valueOf(properties.patience()),
                "gradientClip", String.valueOf(properties.gradientClip()),
                "coverage", String.valueOf(properties.coverage()));
    }

    /// Targets h steps after neighbouring origins overlap, so that they tell about 1/h as much.
    ///
    /// @return shape [horizons], with a mean of one
    private static double[] horizonWeights(Dataset train) {
        double[] weights =
                train.pipeline().horizons().stream().mapToDouble(h -> 1.0 / h).toArray();
        double mean = Arrays.stream(weights).average().orElseThrow();
        return Arrays.stream(weights).map(weight -> weight / mean).toArray();
    }

    private static int[] shuffled(int size, Random random) {
        int[] order = IntStream.range(0, size).toArray();
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
