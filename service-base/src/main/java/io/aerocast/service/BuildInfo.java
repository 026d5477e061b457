package io.aerocast.service;

import io.aerocast.forecast.Build;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Objects;

/// `aerocast_build_info`: which build runs.
final class BuildInfo implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("aerocast.build.info", () -> 1)
                .description("1, with the version, the revision and the Java that runs")
                .tag("version", Build.version())
                .tag("revision", Objects.requireNonNullElse(Build.commit(), "unknown"))
                .tag("java", Runtime.version().toString())
                .register(meters);
    }
}
