package io.aerocast.api.latest;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.DigestUtils;

/// The stations of `GET /latest` as JSON, until they change. The least recently used ones are forgotten beyond a
/// size. Threads may share it.
final class LatestReplies {

    private final long capacity;
    private final SequencedMap<Key, Made> made = new LinkedHashMap<>(16, 0.75f, true);
    private long size;

    /// @param capacity bytes to keep
    LatestReplies(long capacity) {
        this.capacity = capacity;
    }

    /// A selection of what is known of a station.
    ///
    /// @param feature a target, or `null` for all
    /// @param model a kind of model, or `all`
    record Key(String pipeline, String station, @Nullable String feature, String model) {}

    /// @param json empty if the selection is
    /// @param tag hash of `json`
    record Made(long revision, byte[] json, byte[] tag) {}

    /// The JSON of a revision: it is made only once.
    Made of(Key key, long revision, Supplier<byte[]> json) {
        Made known = find(key);
        if (known != null && known.revision() == revision) {
            return known;
        }
        byte[] bytes = json.get();
        Made now = new Made(revision, bytes, DigestUtils.md5Digest(bytes));
        keep(key, now);
        return now;
    }

    private synchronized @Nullable Made find(Key key) {
        return made.get(key);
    }

    private synchronized void keep(Key key, Made now) {
        Made before = made.put(key, now);
        size += now.json().length - (before == null ? 0 : before.json().length);
        while (size > capacity && made.size() > 1) {
            size -= made.pollFirstEntry().getValue().json().length;
        }
    }
}
