package io.aerocast.benchmarks.predict;

import ai.onnxruntime.OrtException;
import io.aerocast.benchmarks.Archive;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.Prediction;
import io.aerocast.forecast.ShippedModels;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.trainer.dataset.SampleCutter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/// One forecast of every horizon from a lookback of JFK, 2013, by the model that AeroCast ships for `noaa`: ours, and the
/// same model in ONNX Runtime for Java. Another lookback each time.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xss8m"}) // ONNX Runtime needs the stack to load a model
public class PredictionBenchmark {

    private static final int LOOKBACKS = 64;

    private Lookback[] lookbacks;
    private ForecastModel model;
    private OnnxModel onnx;
    private int next;

    @Setup
    public void prepare() throws IOException, OrtException {
        Pipeline noaa = Pipelines.builtIn().require("noaa");
        SampleCutter cutter = new SampleCutter(noaa);
        Archive.jfk2013(noaa).forEach(cutter::add);
        lookbacks = cutter.samples().stream()
                .limit(LOOKBACKS)
                .map(sample -> sample.lookback())
                .toArray(Lookback[]::new);
        model = ModelArtifact.read(ShippedModels.find("noaa", "gru").orElseThrow());
        onnx = new OnnxModel(
                Files.readAllBytes(Path.of(System.getProperty("onnx"))),
                noaa.lookback(),
                noaa.features().size());
    }

    @Benchmark
    public Prediction aerocast() {
        return model.predict(nextLookback());
    }

    @Benchmark
    public float[][] onnxRuntime() throws OrtException {
        return onnx.predict(nextLookback().rows());
    }

    private Lookback nextLookback() {
        next = (next + 1) % LOOKBACKS;
        return lookbacks[next];
    }

    @TearDown
    public void close() throws OrtException {
        onnx.close();
    }
}
