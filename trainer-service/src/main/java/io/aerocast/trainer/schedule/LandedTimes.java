package io.aerocast.trainer.schedule;

import io.aerocast.event.WindowLanded;
import io.aerocast.lake.Lake;
import io.aerocast.lake.WindowFile;
import io.aerocast.pipeline.Pipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Between which observation times data have landed. Reads the first and the last window of each station alone,
/// each of them once. Safe for use by several threads.
public final class LandedTimes {

    private final Lake lake;
    private final Map<WindowFile, WindowLanded> described = new HashMap<>();

    /// @param lake may be empty
    public LandedTimes(Lake lake) {
        this.lake = lake;
    }

    /// A span of observation times.
    public record Span(Instant from, Instant to) {

        /// The number of grid times of a pipeline in it.
        public long gridTimes(Pipeline pipeline) {
            return Duration.between(from, to).dividedBy(pipeline.cadence()) + 1;
        }
    }

    /// The observation times of a pipeline.
    ///
    /// @return empty if no data have landed
    /// @throws UncheckedIOException if the lake cannot be read
    public synchronized Optional<Span> of(Pipeline pipeline) {
        Set<WindowFile> ends = ends(lake.windows(pipeline));
        described.keySet().removeIf(file -> file.pipeline().equals(pipeline.name()) && !ends.contains(file));
        Optional<Instant> from =
                ends.stream().map(this::describe).map(WindowLanded::from).min(Instant::compareTo);
        Optional<Instant> to =
                ends.stream().map(this::describe).map(WindowLanded::to).max(Instant::compareTo);
        return from.map(first -> new Span(first, to.orElseThrow()));
    }

    /// The first and the last window of each station and partition.
    ///
    /// @param windows ordered by station, partition and offset
    private static Set<WindowFile> ends(List<WindowFile> windows) {
        Map<String, WindowFile> first = new HashMap<>();
        Map<String, WindowFile> last = new HashMap<>();
        for (WindowFile window : windows) {
            String series = "%s/%d".formatted(window.station(), window.partition());
            first.putIfAbsent(series, window);
            last.put(series, window);
        }
        Set<WindowFile> ends = new HashSet<>(first.values());
        ends.addAll(last.values());
        return ends;
    }

    private WindowLanded describe(WindowFile window) {
        return described.computeIfAbsent(window, file -> {
            try {
                return lake.describe(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
