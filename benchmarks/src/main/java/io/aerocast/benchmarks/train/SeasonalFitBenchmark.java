package io.aerocast.benchmarks.train;

import io.aerocast.benchmarks.BenchmarkData;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.dataset.SampleCutter;
import io.aerocast.training.fit.FitProgress;
import io.aerocast.training.fit.FitSettings;
import io.aerocast.training.fit.Fitter;
import io.aerocast.training.fit.SeasonalFitter;
import io.aerocast.training.fit.SeasonalSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;

/// The fit of the seasonal baseline to nine months of JFK, 2013: the training part of the backtest, the last
/// fifth of it for validation and intervals. `speed.py prophet` of the peers fits Prophet to the same months.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 20)
@Measurement(iterations = 20)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the setup
public class SeasonalFitBenchmark {

    private static final double TRAINING_PART = 0.75;
    private static final double FITTED_PART = 0.8;

    private Fitter fitter;
    private Dataset train;
    private Dataset validation;

    @Setup
    public void prepare() throws IOException {
        fitter = new SeasonalFitter(SeasonalSettings.defaults());
        Pipeline noaa = Pipelines.builtIn().require("noaa");
        SampleCutter cutter = new SampleCutter(noaa);
        BenchmarkData.jfk2013(noaa).forEach(cutter::add);
        List<Sample> samples = cutter.samples();
        int end = (int) (samples.size() * TRAINING_PART);
        int fitted = (int) (end * FITTED_PART);
        train = Dataset.of(noaa, samples.subList(0, fitted));
        validation = Dataset.of(noaa, samples.subList(fitted, end));
    }

    @Benchmark
    public ForecastModel aerocast() {
        return fitter.fit(train, validation, new FitSettings("1", Instant.EPOCH, "0", null), FitProgress.SILENT);
    }

    /// The first fit in a fresh JVM, as in a command.
    @Benchmark
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    @Fork(3)
    public ForecastModel aerocastCold() {
        return aerocast();
    }
}
