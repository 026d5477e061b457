package io.aerocast.service;

import io.aerocast.forecast.Build;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Objects;

/// Registers `aerocast_build_info`, which identifies the running build by its tags.
final class BuildInfo implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("aerocast.build.info", () -> 1)
                .description("1, tagged with the version, the revision and the Java version")
                .tag("version", Build.version())
                .tag("revision", Objects.requireNonNullElse(Build.commit(), "unknown"))
                .tag("java", Runtime.version().toString())
                .register(meters);
    }
}
