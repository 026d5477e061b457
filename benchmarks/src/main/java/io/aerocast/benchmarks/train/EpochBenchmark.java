package io.aerocast.benchmarks.train;

import io.aerocast.training.fit.Gru;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One epoch of training a network of our DL4J layer: 6,000 windows of 24 steps and 3 features, 32 units, 24
/// outputs, batches of 64 in a new order, Adam, mean squared error; two threads. `speed.py epoch` of the peers
/// does the same in PyTorch.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 8)
@Measurement(iterations = 10)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.util.concurrent.ForkJoinPool.common.parallelism=1" // and the thread that calls
        })
@SuppressWarnings("NullAway.Init") // JMH calls the setup
public class EpochBenchmark {

    private static final int WINDOWS = 6_000;
    private static final int STEPS = 24;
    private static final int FEATURES = 3;
    private static final int HIDDEN = 32;
    private static final int OUTPUTS = 24;
    private static final int BATCH = 64;

    private final Random random = new Random(42);
    private final double[][][] x = new double[WINDOWS][STEPS][FEATURES];
    private final double[][] y = new double[WINDOWS][OUTPUTS];
    private MultiLayerNetwork network;

    @Setup
    public void prepare() {
        Nd4j.getEnvironment().setMaxMasterThreads(1); // as the trainer does
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
        Nd4j.factory().blas().setMaxThreads(1);
        for (int i = 0; i < WINDOWS; i++) {
            for (double[] step : x[i]) {
                fill(step);
            }
            fill(y[i]);
        }
        network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(42)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(0.005))
                .list()
                .layer(new LastTimeStep(new Gru.Builder()
                        .nIn(FEATURES)
                        .nOut(HIDDEN)
                        .dataFormat(RNNFormat.NWC)
                        .build()))
                .layer(new OutputLayer.Builder(new LossMSE())
                        .activation(Activation.IDENTITY)
                        .nIn(HIDDEN)
                        .nOut(OUTPUTS)
                        .build())
                .build());
        network.init();
    }

    @Benchmark
    public double aerocast() {
        int[] order = shuffled();
        for (int from = 0; from < WINDOWS; from += BATCH) {
            int size = Math.min(BATCH, WINDOWS - from);
            double[][][] inputs = new double[size][][];
            double[][] targets = new double[size][];
            for (int i = 0; i < size; i++) {
                inputs[i] = x[order[from + i]];
                targets[i] = y[order[from + i]];
            }
            network.fit(new DataSet(Nd4j.createFromArray(inputs), Nd4j.createFromArray(targets)));
        }
        return network.score();
    }

    private void fill(double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextGaussian();
        }
    }

    private int[] shuffled() {
        int[] order = IntStream.range(0, WINDOWS).toArray();
        for (int i = WINDOWS - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
