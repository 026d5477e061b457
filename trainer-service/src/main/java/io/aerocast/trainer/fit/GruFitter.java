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
        TrainingSet samples = TrainingSet.of(train);
        double[] weights = horizonWeights(train);
        GruNetwork network = new GruNetwork(samples.scaler().features(), weights, properties);
        Random random = new Random(properties.seed());
        Best best = null;
        for (int epoch = 1; epoch <= properties.epochs(); epoch++) {
            network.learningRate(learningRate(epoch));
            double loss = pass(network, samples, random);
            GruModel model = model(network, samples, settings, train, validation, epoch);
            Residuals residuals = Residuals.of(model, validation);
            progress.epoch(epoch, properties.epochs(), loss, residuals.rmse(0));
            double error = residuals.weightedMeanSquare(samples.changeScale(), weights);
            if (best == null || error < best.error) {
                best = new Best(epoch, error, model, residuals);
            } else if (epoch - best.epoch >= properties.patience()) {
                break;
            }
        }
        return best.model.calibrated(best.residuals.metrics(), best.residuals.halfWidths(properties.coverage()));
    }

    private record Best(int epoch, double error, GruModel model, Residuals residuals) {}

    /// A cosine from the configured rate to a tenth of it.
    private double learningRate(int epoch) {
        double done = (epoch - 1.0) / properties.epochs();
        return properties.learningRate() * (0.55 + 0.45 * Math.cos(Math.PI * done));
    }

    /// @return the mean loss of the batches
    private double pass(GruNetwork network, TrainingSet samples, Random random) {
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

    private GruModel model(
            GruNetwork network,
            TrainingSet samples,
            FitSettings settings,
            Dataset train,
            Dataset validation,
            int epoch) {
        Map<String, String> hyperparameters = Map.of(
                "hidden", String.valueOf(properties.hidden()),
                "epochs", String.valueOf(epoch),
                "batchSize", String.valueOf(properties.batchSize()),
                "learningRate", String.valueOf(properties.learningRate()),
                "patience", String.valueOf(properties.patience()),
                "gradientClip", String.valueOf(properties.gradientClip()),
                "coverage", String.valueOf(properties.coverage()));
        ModelCard card = settings.card(kind(), train, validation, properties.seed(), hyperparameters);
        double[] unknown = new double[samples.changeScale().length];
        return new GruModel(card, samples.scaler(), network.layers(), network.head(), samples.changeScale(), unknown);
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
