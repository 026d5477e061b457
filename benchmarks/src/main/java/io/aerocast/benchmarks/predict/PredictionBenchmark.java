package io.aerocast.benchmarks.predict;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.aerocast.benchmarks.BenchmarkData;
import io.aerocast.forecast.GruModel;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.Prediction;
import io.aerocast.forecast.ShippedModels;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.dataset.SampleCutter;
import io.aerocast.training.onnx.OnnxExport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// One forecast of every horizon from a lookback of JFK, 2013, by the model that AeroCast ships for `noaa`: ours,
/// and the same model, exported, in ONNX Runtime for Java. Another lookback each time. The setup fails if the two
/// disagree.
///
/// With `-Donnx=FILE` the exported model is left in a file for the peers.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xss8m"}) // ONNX Runtime loads models on a deep stack
@SuppressWarnings("NullAway.Init") // JMH calls the setup
public class PredictionBenchmark {

    private static final int LOOKBACKS = 64;
    private static final double AGREEMENT = 1e-4;

    private Lookback[] lookbacks;
    private GruModel model;
    private OnnxSession whole;
    private DoubleBuffer rows;
    private LongBuffer origin;
    private OnnxSession networks;
    private FloatBuffer encoded;
    private float[][] anyInputs;
    private int next;

    @Setup
    public void prepare() throws IOException, OrtException {
        Pipeline noaa = Pipelines.builtIn().require("noaa");
        SampleCutter cutter = new SampleCutter(noaa);
        BenchmarkData.jfk2013(noaa).forEach(cutter::add);
        lookbacks =
                cutter.samples().stream().limit(LOOKBACKS).map(Sample::lookback).toArray(Lookback[]::new);
        model = (GruModel)
                ModelArtifact.read(ShippedModels.find("noaa", "temperature", GruModel.KIND).orElseThrow());
        byte[] onnx = OnnxExport.write(model);
        String file = System.getProperty("onnx");
        if (file != null) {
            Files.write(Path.of(file), onnx);
        }
        prepareWhole(onnx, noaa.lookback(), noaa.features().size());
        prepareNetworks(onnx, noaa.lookback(), model.encoder().inputs());
        requireAgreement();
    }

    private void prepareWhole(byte[] onnx, int steps, int features) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        rows = direct(steps * features * Double.BYTES).asDoubleBuffer();
        origin = direct(Long.BYTES).asLongBuffer();
        whole = new OnnxSession(
                onnx,
                Map.of(
                        "lookback", OnnxTensor.createTensor(environment, rows, new long[] {1, steps, features}),
                        "origin", OnnxTensor.createTensor(environment, origin, new long[] {1})));
    }

    private void prepareNetworks(byte[] onnx, int steps, int inputs) throws OrtException {
        encoded = direct(steps * inputs * Float.BYTES).asFloatBuffer();
        long[] shape = {steps, 1, inputs};
        networks = new OnnxSession(
                Networks.of(onnx, steps, inputs),
                Map.of(Networks.INPUT, OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), encoded, shape)));
        Random random = new Random(42);
        anyInputs = new float[LOOKBACKS][steps * inputs];
        for (float[] one : anyInputs) {
            for (int i = 0; i < one.length; i++) {
                one[i] = (float) random.nextGaussian();
            }
        }
    }

    private void requireAgreement() throws OrtException {
        for (Lookback lookback : lookbacks) {
            double[] ours = model.predict(lookback).value();
            double[] theirs = forecast(lookback)[0][0];
            for (int h = 0; h < ours.length; h++) {
                if (!(Math.abs(ours[h] - theirs[h]) < AGREEMENT)) {
                    throw new IllegalStateException(
                            "AeroCast forecasts %s, ONNX Runtime %s".formatted(ours[h], theirs[h]));
                }
            }
        }
    }

    @Benchmark
    public Prediction aerocast() {
        return model.predict(lookbacks[nextIndex()]);
    }

    @Benchmark
    public double[][][] onnxRuntime() throws OrtException {
        return forecast(lookbacks[nextIndex()]);
    }

    /// Without scaling, times and intervals.
    @Benchmark
    public double[][][] onnxRuntimeNetworksAlone() throws OrtException {
        encoded.put(0, anyInputs[nextIndex()]);
        return networks.run();
    }

    private double[][][] forecast(Lookback lookback) throws OrtException {
        int at = 0;
        for (double[] row : lookback.rows()) {
            rows.put(at, row);
            at += row.length;
        }
        Instant time = Objects.requireNonNull(lookback.origin(), "a lookback of an archive has an origin");
        origin.put(0, time.getEpochSecond());
        return whole.run();
    }

    private int nextIndex() {
        next = (next + 1) % LOOKBACKS;
        return next;
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    @TearDown
    public void close() throws OrtException {
        whole.close();
        networks.close();
    }
}
