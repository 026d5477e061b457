package io.aerocast.ingest.source;

import java.time.Duration;
import java.util.Map;

/// A remote service that is polled for new observations. It has no position: the source publishes its observations
/// itself, and remembers which of them the broker has acknowledged.
public non-sealed interface PolledSource extends Source {

    /// Requests and publishes new observations once.
    ///
    /// @param pause waits between two requests of this poll
    /// @throws InterruptedException if the service stops
    void poll(Pause pause) throws InterruptedException;

    /// Its state for `/healthz`. Called by any thread.
    Map<String, Object> facts();

    /// A wait that ends when the service stops.
    @FunctionalInterface
    interface Pause {

        /// Waits.
        ///
        /// @throws InterruptedException as soon as the service stops
        void pause(Duration length) throws InterruptedException;
    }
}
