package io.aerocast.training.fit;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.GruMember;
import io.aerocast.forecast.GruModel;
import io.aerocast.forecast.ModelCard;
import io.aerocast.training.dataset.Dataset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/// Fits the GRU ensemble with DL4J, one network after the other: Adam on shuffled mini-batches, with early stopping
/// on the validation error. The weights of the best pass are kept.
public final class GruFitter implements Fitter {

    /// Factor of the learning rate of a warm start: the full rate would soon overwrite the champion's weights.
    private static final double WARM_RATE = 0.25;

    private final GruSettings gruSettings;

    public GruFitter(GruSettings gruSettings) {
        this.gruSettings = gruSettings;
    }

    /// Loads ND4J's native library and DL4J's classes, which is slow the first time.
    public static void warmUp() {
        GruNetwork network = new GruNetwork(1, new double[] {1}, GruSettings.smallest(), 1);
        network.fit(new DataSet(Nd4j.zeros(DataType.DOUBLE, 1, 2, 1), Nd4j.zeros(DataType.DOUBLE, 1, 1)));
    }

    @Override
    public String kind() {
        return GruModel.KIND;
    }

    @Override
    public boolean needsTime() {
        return false;
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
        private final Optional<List<GruMember>> warmStart;

        private Fit(Dataset train, Dataset validation, FitSettings settings) {
            this.train = train;
            this.validation = validation;
            this.settings = settings;
            this.samples = TrainingSet.of(train);
            this.horizonWeights = horizonWeights(train);
            ForecastModel champion = gruSettings.warmStart() ? settings.champion() : null;
            this.warmStart = WarmStart.from(champion, train.pipeline(), samples, validation.from(), gruSettings);
        }

        private GruModel run(FitProgress progress) {
            List<Pass> best = IntStream.range(0, gruSettings.members())
                    .mapToObj(member -> new MemberFit(member).run(progress))
                    .toList();
            GruModel model = model(
                    best.stream().map(Pass::member).toList(),
                    best.stream().map(pass -> String.valueOf(pass.epoch())).collect(Collectors.joining(",")));
            Residuals residuals = Residuals.of(model, validation);
            return model.calibrated(residuals.metrics(), residuals.halfWidths(gruSettings.coverage()));
        }

        private GruModel model(List<GruMember> members, String epochs) {
            ModelCard card = settings.card(kind(), train, validation, gruSettings.seed(), hyperparameters(epochs));
            double[] unknown = new double[samples.changeScale().length];
            return new GruModel(card, samples.encoder(), members, samples.changeScale(), unknown);
        }

        private Map<String, String> hyperparameters(String epochs) {
            Map<String, String> numbers = new HashMap<>(GruFitter.this.hyperparameters());
            numbers.put("epochs", epochs);
            warmStart.ifPresent(_ -> numbers.put(
                    "warmStart",
                    Objects.requireNonNull(settings.champion()).card().version()));
            return numbers;
        }

        /// The fit of one network of the ensemble.
        private final class MemberFit {

            private final int index;
            private final GruNetwork network;
            private final Random random;

            private MemberFit(int index) {
                long seed = gruSettings.seed() + index;
                this.index = index;
                this.network = new GruNetwork(samples.encoder().inputs(), horizonWeights, gruSettings, seed);
                this.random = new Random(seed);
                warmStart.ifPresent(members -> network.start(members.get(index)));
            }

            private Pass run(FitProgress progress) {
                Pass best = pass(0);
                int epochs = gruSettings.epochs();
                for (int epoch = 1; epoch <= epochs && epoch - best.epoch <= gruSettings.patience(); epoch++) {
                    network.learningRate(learningRate(epoch, warmStart.isPresent()));
                    double loss = train();
                    Pass pass = pass(epoch);
                    progress.epoch(index * epochs + epoch, gruSettings.members() * epochs, loss, pass.rmse);
                    best = pass.error < best.error ? pass : best;
                }
                return best;
            }

            /// Runs one pass over the training data, in a new order.
            ///
            /// @return the mean loss
            private double train() {
                int[] order = shuffled(samples.size(), random);
                double loss = 0;
                for (int from = 0; from < order.length; from += gruSettings.batchSize()) {
                    if (Thread.currentThread().isInterrupted()) {
                        throw new CancellationException("The fit was interrupted");
                    }
                    int to = Math.min(from + gruSettings.batchSize(), order.length);
                    DataSet batch = samples.batch(Arrays.copyOfRange(order, from, to), this::augmented);
                    loss += network.fit(batch) * (to - from);
                }
                return loss / order.length;
            }

            private double[][] augmented(double[][] steps) {
                double shift = gruSettings.levelNoise() * random.nextGaussian();
                return samples.augmented(steps, shift, random.nextDouble() < gruSettings.timeDropout());
            }

            /// The network after a pass, and its own validation error.
            private Pass pass(int epoch) {
                GruMember member = network.member();
                Residuals residuals = Residuals.of(model(List.of(member), String.valueOf(epoch)), validation);
                double error = residuals.weightedMeanSquare(samples.changeScale(), horizonWeights);
                return new Pass(epoch, member, error, residuals.rmse(0));
            }
        }
    }

    /// @param error weighted validation error; the best pass has the smallest
    /// @param rmse validation error at the first horizon, in the target's unit
    private record Pass(int epoch, GruMember member, double error, double rmse) {}

    /// Cosine decay from the configured rate to a tenth of it.
    private double learningRate(int epoch, boolean warm) {
        double done = (epoch - 1.0) / gruSettings.epochs();
        double start = warm ? WARM_RATE * gruSettings.learningRate() : gruSettings.learningRate();
        return start * (0.55 + 0.45 * StrictMath.cos(Math.PI * done));
    }

    private Map<String, String> hyperparameters() {
        return Map.of(
                "members", String.valueOf(gruSettings.members()),
                "layers", String.valueOf(gruSettings.layers()),
                "hidden", String.valueOf(gruSettings.hidden()),
                "timeDropout", String.valueOf(gruSettings.timeDropout()),
                "levelNoise", String.valueOf(gruSettings.levelNoise()),
                "batchSize", String.valueOf(gruSettings.batchSize()),
                "learningRate", String.valueOf(gruSettings.learningRate()),
                "patience", String.valueOf(gruSettings.patience()),
                "gradientClip", String.valueOf(gruSettings.gradientClip()),
                "coverage", String.valueOf(gruSettings.coverage()));
    }

    /// Horizon h weighs 1/h: targets h steps after neighbouring origins overlap, so they carry about 1/h of the
    /// information.
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
