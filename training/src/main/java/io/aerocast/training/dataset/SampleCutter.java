package io.aerocast.training.dataset;

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

/// Cuts observations into samples: one for every origin of every station with a usable lookback and at least one
/// observed target. Samples hold the observed readings, with suspect ones marked. Not safe for use by several
/// threads.
public final class SampleCutter {

    private final Pipeline pipeline;
    private final Map<String, StationSeries> stations = new TreeMap<>();

    private final Suspicion[] none;

    /// @param suspects of the series, by grid time, shape [features]
    private record Station(StationSeries series, Map<Instant, Suspicion[]> suspects) {}

    public SampleCutter(Pipeline pipeline) {
        this.pipeline = pipeline;
        this.none = QualityCheck.noSuspicions(pipeline.features().size());
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
    /// @param atMost maximum number; the oldest are left out, whole origins at a time
    public List<Sample> samples(int atMost) {
        List<Station> checked = stations.values().stream()
                .map(series -> new Station(series, QualityCheck.suspects(pipeline, series)))
                .toList();
        List<Sample> newestFirst = new ArrayList<>();
        for (Iterator<Instant> origins = origins().descendingIterator(); origins.hasNext(); ) {
            List<Sample> atOrigin = samplesAt(origins.next(), checked);
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

    private List<Sample> samplesAt(Instant origin, List<Station> checked) {
        return checked.stream()
                .map(station -> sample(station, origin))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Sample> sample(Station station, Instant origin) {
        double[] targets = pipeline.horizons().stream()
                .mapToDouble(horizon -> station.series().target(pipeline.after(origin, horizon)))
                .toArray();
        for (double target : targets) {
            if (!Double.isNaN(target)) {
                Optional<Lookback> lookback = station.series().lookback(origin);
                return lookback.map(window -> new Sample(window, targets, suspects(station, origin)));
            }
        }
        return Optional.empty();
    }

    private Suspects suspects(Station station, Instant origin) {
        if (station.suspects().isEmpty()) {
            return Suspects.NONE;
        }
        Suspicion[][] rows = new Suspicion[pipeline.lookback()][];
        for (int step = 0; step < rows.length; step++) {
            rows[step] = at(station, pipeline.after(origin, step - rows.length + 1));
        }
        Suspicion[] targets = pipeline.horizons().stream()
                .map(horizon -> at(station, pipeline.after(origin, horizon))[0])
                .toArray(Suspicion[]::new);
        return Suspects.of(rows, targets);
    }

    private Suspicion[] at(Station station, Instant slot) {
        return station.suspects().getOrDefault(slot, none);
    }
}
