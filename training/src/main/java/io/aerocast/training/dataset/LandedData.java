package io.aerocast.training.dataset;

import io.aerocast.event.Observation;
import io.aerocast.lake.Lake;
import io.aerocast.lake.LandedObservation;
import io.aerocast.lake.WindowFile;
import io.aerocast.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Samples of the observations that have landed in the lake.
public final class LandedData {

    private final Lake lake;
    private final int maximumSamples;

    /// @param maximumSamples maximum number of samples, the newest ones
    public LandedData(Lake lake, int maximumSamples) {
        this.lake = lake;
        this.maximumSamples = maximumSamples;
    }

    /// Samples and where they come from.
    ///
    /// @param samples oldest origin first
    /// @param sources one per station and partition
    public record Landed(List<Sample> samples, List<Source> sources) {

        public Landed {
            samples = List.copyOf(samples);
            sources = List.copyOf(sources);
        }
    }

    /// The landed observations of one station and one partition of the observations topic. The names of the lake's
    /// files contain the offsets that they hold.
    ///
    /// @param rows number of observations
    /// @param firstOffset lowest offset
    /// @param lastOffset highest offset
    public record Source(String station, int partition, long rows, long firstOffset, long lastOffset) {

        private static Source of(LandedObservation landed) {
            return new Source(landed.observation().station(), landed.partition(), 1, landed.offset(), landed.offset());
        }

        private Source plus(Source other) {
            return new Source(
                    station,
                    partition,
                    rows + other.rows,
                    Math.min(firstOffset, other.firstOffset),
                    Math.max(lastOffset, other.lastOffset));
        }
    }

    /// The files of a pipeline. The samples change only if the files do.
    ///
    /// @throws java.io.UncheckedIOException if the lake cannot be listed
    public List<WindowFile> files(Pipeline pipeline) {
        return lake.windows(pipeline);
    }

    /// Reads the samples of a pipeline.
    ///
    /// @throws java.io.UncheckedIOException if a file cannot be read; the message names it
    public Landed read(Pipeline pipeline) {
        return read(List.of(pipeline), files(pipeline)).getFirst();
    }

    /// Reads the samples of several views of a pipeline, each file once.
    ///
    /// @param views of one pipeline
    /// @param files in the order of [#files]
    /// @return one for each view
    /// @throws java.io.UncheckedIOException if a file cannot be read; the message names it
    public List<Landed> read(List<Pipeline> views, List<WindowFile> files) {
        List<SampleCutter> cutters = views.stream().map(SampleCutter::new).toList();
        Map<String, Source> sources = new TreeMap<>();
        try (Stream<LandedObservation> observations = Lake.observations(files)) {
            observations.forEach(landed -> {
                Observation observation = landed.observation();
                cutters.forEach(cutter -> cutter.add(observation));
                sources.merge(
                        "%s/%d".formatted(observation.station(), landed.partition()), Source.of(landed), Source::plus);
            });
        }
        return cutters.stream()
                .map(cutter -> new Landed(cutter.samples(maximumSamples), new ArrayList<>(sources.values())))
                .toList();
    }
}
