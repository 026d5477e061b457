package io.aerocast.standalone.shipped;

import io.aerocast.event.Observation;
import io.aerocast.forecast.Prediction;
import io.aerocast.ingest.source.Heatwave;
import io.aerocast.lake.Lake;
import io.aerocast.lake.LandedObservation;
import io.aerocast.observation.ObservationFile;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.training.Training;
import io.aerocast.training.Training.TrainedModel;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.fit.FitProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Makes the models that AeroCast ships, so that the api answers from its first second: `noaa` from JFK's January
/// and February 2013 (the demo's replay begins in March), `sim` from calm weather of another seed than the
/// simulator's. See `docs/training.md` for how to run it.
public final class ShipModels {

    private static final Instant NOAA_END = Instant.parse("2013-03-01T00:00:00Z");
    private static final int SIM_STEPS = 1_200;
    private static final long SIM_SEED = 7;

    private ShipModels() {}

    /// @param arguments the directory of the shipped models
    public static void main(String[] arguments) throws IOException {
        Path target = Files.createDirectories(Path.of(arguments[0]));
        Path scratch = Files.createTempDirectory("shipped");
        Pipelines pipelines = Pipelines.builtIn();
        land(scratch, pipelines.require("noaa"), jfk(NOAA_END));
        land(scratch, pipelines.require("sim"), simulated(Heatwave.never(SIM_SEED), SIM_STEPS));
        Training training = Training.withDefaults();
        for (Pipeline pipeline : pipelines.all()) {
            for (Pipeline view : pipeline.views()) {
                ship(training, view, training.samples(view, scratch), target);
            }
        }
    }

    private static void ship(Training training, Pipeline view, List<Sample> samples, Path target) throws IOException {
        for (String kind : training.kinds()) {
            TrainedModel trained = training.train(kind, view, samples, null, FitProgress.SILENT);
            Prediction sane = trained.model().predict(samples.getLast().lookback());
            System.out.printf(
                    "%s%nlast forecast %.1f from %.1f, %d bytes%n%n",
                    trained.report(),
                    sane.value()[0],
                    samples.getLast().lookback().persistence(),
                    trained.artifact().length);
            String name =
                    "%s-%s-%s.aerocast".formatted(view.name(), view.target().name(), kind);
            Files.write(target.resolve(name), trained.artifact());
        }
    }

    static void land(Path directory, Pipeline pipeline, List<Observation> observations) throws IOException {
        List<LandedObservation> rows = new ArrayList<>();
        for (Observation observation : observations) {
            rows.add(new LandedObservation(observation, 0, rows.size(), Instant.EPOCH));
        }
        new Lake(directory).write(pipeline, rows);
    }

    static List<Observation> jfk(Instant end) {
        String name = "KJFK-2013.csv.gz";
        Pipeline noaa = Pipelines.builtIn().require("noaa");
        try {
            return ObservationFile.readCsv(name, Heatwave.class.getResourceAsStream(name), noaa).observations().stream()
                    .filter(observation -> observation.timestamp().isBefore(end))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Observation> simulated(Heatwave weather, int steps) {
        Instant start = Instant.parse("2019-12-01T00:00:00Z");
        List<Observation> observations = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            observations.add(new Observation(
                    "sim", "SIM-0", start.plusSeconds(step), Map.of("temperature", weather.temperature(step))));
        }
        return observations;
    }
}
