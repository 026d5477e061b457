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

/// Fits the ensemble through DL4J, one network after the other: Adam on shuffled mini-batches, until the error on the
/// validation data has not fallen for some passes. The weights of the best pass are kept.
public final class GruFitter implements Fitter {

    /// What is left of the learning rate where a fit starts from the champion: the full one would soon overwrite it.
    private static final double WARM_RATE = 0.25;

    private final GruSettings properties;

    public GruFitter(GruSettings properties) {
        this.properties = properties;
    }

    /// Does once what is slow the first time: loads ND4J's native library and DL4J's classes.
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
            ForecastModel champion = properties.warmStart() ? settings.champion() : null;
            this.warmStart = WarmStart.from(champion, train.pipeline(), samples, validation.from(), properties);
        }

        private GruModel run(FitProgress progress) {
            List<Pass> best = IntStream.range(0, properties.members())
                    .mapToObj(member -> new MemberFit(member).run(progress))
                    .toList();
            GruModel model = model(
                    best.stream().map(Pass::member).toList(),
                    best.stream().map(pass -> String.valueOf(pass.epoch())).collect(Collectors.joining(",")));
            Residuals residuals = Residuals.of(model, validation);
            return model.calibrated(residuals.metrics(), residuals.halfWidths(properties.coverage()));
        }

        private GruModel model(List<GruMember> members, String epochs) {
            ModelCard card = settings.card(kind(), train, validation, properties.seed(), hyperparameters(epochs));
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

        /// The fit of one member of the ensemble.
        private final class MemberFit {

            private final int index;
            private final GruNetwork network;
            private final Random random;

            private MemberFit(int index) {
                long seed = properties.seed() + index;
                this.index = index;
                this.network = new GruNetwork(samples.encoder().inputs(), horizonWeights, properties, seed);
                this.random = new Random(seed);
                warmStart.ifPresent(members -> network.start(members.get(index)));
            }

            private Pass run(FitProgress progress) {
                Pass best = pass(0);
                int epochs = properties.epochs();
                for (int epoch = 1; epoch <= epochs && epoch - best.epoch <= properties.patience(); epoch++) {
                    network.learningRate(learningRate(epoch, warmStart.isPresent()));
                    double loss = train();
                    Pass pass = pass(epoch);
                    progress.epoch(index * epochs + epoch, properties.members() * epochs, loss, pass.rmse);
                    best = pass.error < best.error ? pass : best;
                }
                return best;
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
                    DataSet batch = samples.batch(Arrays.copyOfRange(order, from, to), this::disguised);
                    loss += network.fit(batch) * (to - from);
                }
                return loss / order.length;
            }

            private double[][] disguised(double[][] steps) {
                double shift = properties.levelNoise() * random.nextGaussian();
                return samples.disguised(steps, shift, random.nextDouble() < properties.timeDropout());
            }

            /// The network as it is after a pass, and how well it does alone.
            private Pass pass(int epoch) {
                GruMember member = network.member();
                Residuals residuals = Residuals.of(model(List.of(member), String.valueOf(epoch)), validation);
                double error = residuals.weightedMeanSquare(samples.changeScale(), horizonWeights);
                return new Pass(epoch, member, error, residuals.rmse(0));
            }
        }
    }

    /// @param error what the best pass has least of
    /// @param rmse at the first horizon, in the target's unit
    private record Pass(int epoch, GruMember member, double error, double rmse) {}

    /// A cosine from the configured rate to a tenth of it.
    private double learningRate(int epoch, boolean warm) {
        double done = (epoch - 1.0) / properties.epochs();
        double start = warm ? WARM_RATE * properties.learningRate() : properties.learningRate();
        return start * (0.55 + 0.45 * StrictMath.cos(Math.PI * done));
    }

    private Map<String, String> hyperparameters() {
        return Map.of(
                "members", String.valueOf(properties.members()),
                "layers", String.valueOf(properties.layers()),
                "hidden", String.valueOf(properties.hidden()),
                "timeDropout", String.valueOf(properties.timeDropout()),
                "levelNoise", String.valueOf(properties.levelNoise()),
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
