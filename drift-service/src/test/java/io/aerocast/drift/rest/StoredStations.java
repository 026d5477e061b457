package io.aerocast.drift.rest;

import io.aerocast.drift.detect.WatchedStation;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/// A read-only store over a map.
record StoredStations(TreeMap<String, WatchedStation> map) implements ReadOnlyKeyValueStore<String, WatchedStation> {

    static StoredStations of(Map<String, WatchedStation> stations) {
        return new StoredStations(new TreeMap<>(stations));
    }

    @Override
    public WatchedStation get(String key) {
        return map.get(key);
    }

    @Override
    public KeyValueIterator<String, WatchedStation> range(String from, String to) {
        return new Entries(map.subMap(from, true, to, true).entrySet().iterator());
    }

    @Override
    public KeyValueIterator<String, WatchedStation> all() {
        return new Entries(map.entrySet().iterator());
    }

    @Override
    public long approximateNumEntries() {
        return map.size();
    }

    private record Entries(Iterator<Map.Entry<String, WatchedStation>> entries)
            implements KeyValueIterator<String, WatchedStation> {

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public KeyValue<String, WatchedStation> next() {
            Map.Entry<String, WatchedStation> entry = entries.next();
            return KeyValue.pair(entry.getKey(), entry.getValue());
        }

        @Override
        public String peekNextKey() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
