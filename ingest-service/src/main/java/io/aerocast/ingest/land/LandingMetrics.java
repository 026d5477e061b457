package io.aerocast.ingest.land;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Metrics of the landing.
final class LandingMetrics {

    private final MeterRegistry meters;
    private final Counter failures;
    private final Counter missed;
    private volatile long lag;
    private volatile @Nullable Instant oldestOpen;

    LandingMetrics(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        Gauge.builder("aerocast.landing.lag", () -> lag)
                .description("Records of the assigned partitions that landing has not read yet")
                .baseUnit("records")
                .register(meters);
        Gauge.builder("aerocast.landing.age", () -> age(clock.instant()).toMillis() / 1e3)
                .description("Age of the oldest open window")
                .baseUnit("seconds")
                .register(meters);
        failures = Counter.builder("aerocast.landing.failures")
                .description("Attempts to land that failed and were restarted")
                .register(meters);
        missed = Counter.builder("aerocast.landing.missed")
                .description("Records that the topic's retention deleted before they landed")
                .register(meters);
    }

    void landed(String pipeline, long rows) {
        counter("aerocast.landed.rows", "Observations that landed", pipeline).increment(rows);
        counter("aerocast.windows", "Parquet windows that landed", pipeline).increment();
    }

    void missed(long records) {
        missed.increment(records);
    }

    void failed() {
        failures.increment();
    }

    /// @param lag number of records of the assigned partitions that were not read yet
    /// @param oldestOpen time when the oldest open window was opened, or `null`
    void progress(long lag, @Nullable Instant oldestOpen) {
        this.lag = lag;
        this.oldestOpen = oldestOpen;
    }

    long lag() {
        return lag;
    }

    private Duration age(Instant now) {
        Instant opened = oldestOpen;
        return opened == null ? Duration.ZERO : Duration.between(opened, now);
    }

    private Counter counter(String name, String description, String pipeline) {
        return Counter.builder(name)
                .description(description)
                .tag("pipeline", pipeline)
                .register(meters);
    }
}
