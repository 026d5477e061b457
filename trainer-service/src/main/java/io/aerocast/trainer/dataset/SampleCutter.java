package io.aerocast.trainer.dataset;

import io.aerocast.event.Observation;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.StationSeries;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Observations to samples: every origin of every station at which there is a lookback and at least one horizon's
/// target is known. Not safe for use by several threads.
public final class SampleCutter {

    private final Pipeline pipeline;
    private final Map<String, StationSeries> stations = new TreeMap<>();

    public SampleCutter(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /// Adds an observation of any station, in any order of time.
    ///
    /// @throws IllegalArgumentException if it is of another pipeline
    public void add(Observation observation) {
        if (!observation.pipeline().equals(pipeline.name())) {
            throw new IllegalArgumentException("Cannot cut samples of pipeline %s from an observation of pipeline %s"
                    .formatted(pipeline.name(), observation.pipeline()));
        }
        stations.computeIfAbsent(observation.station(), _ -> StationSeries.unbounded(pipeline))
                .add(observation);
    }

    /// All samples, oldest origin first, the stations of one origin in alphabetical order.
    public List<Sample> samples() {
        return samples(Integer.MAX_VALUE);
    }

    /// The newest samples, oldest origin first, the stations of one origin in alphabetical order.
    ///
    /// @param atMost how many; the oldest are left out, whole origins at a time
    public List<Sample> samples(int atMost) {
        List<Sample> newestFirst = new ArrayList<>();
        for (Iterator<Instant> origins = origins().descendingIterator(); origins.hasNext(); ) {
            List<Sample> atOrigin = samplesAt(origins.next());
            if (newestFirst.size() + atOrigin.size() > atMost) {
                break;
            }
            newestFirst.addAll(atOrigin.reversed());
        }
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    private NavigableSet<Instant> origins() {
        NavigableSet<Instant> origins = new TreeSet<>();
        stations.values().forEach(series -> series.slots().forEach(origins::add));
        return origins;
    }

    private List<Sample> samplesAt(Instant origin) {
        return stations.values().stream()
                .map(series -> sample(series, origin))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Sample> sample(StationSeries series, Instant origin) {
        double[] targets = pipeline.horizons().stream()
                .mapToDouble(horizon -> series.target(pipeline.after(origin, horizon)))
                .toArray();
        for (double target : targets) {
            if (!Double.isNaN(target)) {
                Optional<Lookback> lookback = series.lookback(origin);
                return lookback.map(window -> new Sample(window, targets));
            }
        }
        return Optional.empty();
    }
}
