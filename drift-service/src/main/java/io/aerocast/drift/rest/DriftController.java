package io.aerocast.drift.rest;

import io.aerocast.drift.detect.WatchedStation;
import io.aerocast.drift.streams.StationStates;
import io.aerocast.event.Topics;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.service.http.Problem;
import io.aerocast.service.http.RequestFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `GET /drift?pipeline=&station=`: the drift state of each feature of each station, with the evidence of each
/// test as numbers. Both parameters are optional. The reply covers the partitions that this instance owns; with
/// several instances, each answers for its own stations.
///
/// Errors: 400 for an unknown pipeline, 404 for a station that this instance does not watch, 503 while its
/// partitions are restored or move to another instance.
@RestController
final class DriftController {

    private final Pipelines pipelines;
    private final StationStates states;

    DriftController(Pipelines pipelines, StationStates states) {
        this.pipelines = pipelines;
        this.states = states;
    }

    /// @param stations by pipeline and name
    record Reply(List<StationDrift> stations) {}

    @GetMapping("/drift")
    Reply drift(@RequestParam @Nullable String pipeline, @RequestParam @Nullable String station) {
        if (pipeline != null) {
            RequestFields.pipeline("pipeline", pipeline, pipelines);
        }
        List<StationDrift> found = read(pipeline, station);
        if (station != null && found.isEmpty()) {
            throw Problem.notFound(
                    "Station not watched",
                    "No evaluation of station '%s' has reached this instance; another instance may watch it"
                            .formatted(RequestFields.abbreviated(station)));
        }
        return new Reply(found);
    }

    private List<StationDrift> read(@Nullable String pipeline, @Nullable String station) {
        try {
            ReadOnlyKeyValueStore<String, WatchedStation> store = states.store();
            List<StationDrift> found = new ArrayList<>();
            if (station == null) {
                all(store, pipeline, found);
            } else {
                names().stream()
                        .filter(name -> pipeline == null || pipeline.equals(name))
                        .map(name -> Topics.key(name, station))
                        .forEach(key -> add(key, store.get(key), found));
            }
            found.sort(Comparator.comparing(StationDrift::pipeline).thenComparing(StationDrift::station));
            return found;
        } catch (StreamsException e) {
            throw Problem.unavailable(
                    "Drift states unavailable",
                    "The partitions of this instance are being assigned or restored; repeat the request in a few seconds");
        }
    }

    private static void all(
            ReadOnlyKeyValueStore<String, WatchedStation> store, @Nullable String pipeline, List<StationDrift> found) {
        try (KeyValueIterator<String, WatchedStation> all = store.all()) {
            all.forEachRemaining(entry -> {
                if (pipeline == null || entry.key.startsWith(pipeline + "/")) {
                    add(entry.key, entry.value, found);
                }
            });
        }
    }

    /// @param station `null` if this instance does not watch it
    private static void add(String key, @Nullable WatchedStation station, List<StationDrift> found) {
        if (station != null) {
            found.add(StationDrift.of(key, station));
        }
    }

    private List<String> names() {
        return pipelines.all().stream().map(Pipeline::name).toList();
    }
}
