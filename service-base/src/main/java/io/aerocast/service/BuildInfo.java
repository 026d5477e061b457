package io.aerocast.service;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.info.BuildProperties;

/// `aerocast_build_info`: which build runs.
final class BuildInfo implements MeterBinder {

    private final BuildProperties build;

    BuildInfo(BuildProperties build) {
        this.build = build;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("aerocast.build.info", () -> 1)
                .description("1, with the version, the revision and the Java that runs")
                .tag("version", String.valueOf(build.getVersion()))
                .tag("revision", String.valueOf(build.get("revision")))
                .tag("java", Runtime.version().toString())
                .register(meters);
    }
}
