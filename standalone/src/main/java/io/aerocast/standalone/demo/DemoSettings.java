package io.aerocast.standalone.demo;

import io.aerocast.pipeline.Pipelines;
import io.aerocast.standalone.runtime.Service;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Configuration of the demo: faster than real time, and only with settings that are open to any user.
///
/// @param parts pipelines that run
/// @param healing name of the pipeline with the heatwave, which is to heal
/// @param replayed name of the pipeline whose observations are replayed from the past
/// @param services Spring Boot arguments per service
public record DemoSettings(List<Part> parts, String healing, String replayed, Map<Service, List<String>> services) {

    /// The shipped models were fitted on the months before.
    static final Instant REPLAY_START = Instant.parse("2013-03-01T00:00:00Z");

    private static final Instant SIMULATION_START = Instant.parse("2020-01-01T00:00:00Z");
    private static final int CALM_STEPS = 2_000;

    /// One pipeline's part in the demo.
    ///
    /// @param pipeline its name
    /// @param source description of its source
    /// @param heatwave observation time of the heatwave's first observation; empty if there is none
    public record Part(String pipeline, String source, Optional<Instant> heatwave) {}

    /// Both pipelines, at a pace that shows the whole loop within three minutes on two slow cores.
    public static DemoSettings standard() {
        Instant heatwave = Pipelines.builtIn().require("sim").after(SIMULATION_START, CALM_STEPS);
        return new DemoSettings(
                List.of(
                        new Part("noaa", "JFK 2013 from March on, 12 hours a second", Optional.empty()),
                        new Part("sim", "a simulated station, 50 readings a second", Optional.of(heatwave))),
                "sim",
                "noaa",
                Map.of(Service.INGEST, ingest(), Service.TRAINER, trainer()));
    }

    private static List<String> ingest() {
        return List.of(
                "--aerocast.ingest.replay.enabled=true",
                // Drift compares 48 forecasts per hour of data; a shorter interval would delay the training.
                "--aerocast.ingest.replay.interval=80ms",
                "--aerocast.ingest.replay.from=" + REPLAY_START,
                "--aerocast.ingest.simulator.enabled=true",
                "--aerocast.ingest.simulator.start=" + SIMULATION_START,
                "--aerocast.ingest.simulator.calm-steps=" + CALM_STEPS,
                "--aerocast.ingest.simulator.interval=20ms",
                // Windows must land at the pace of the sources.
                "--aerocast.ingest.landing.max-rows=100",
                "--aerocast.ingest.landing.max-open=2s");
    }

    private static List<String> trainer() {
        return List.of(
                "--aerocast.trainer.signal.flag-interval=500ms",
                "--aerocast.trainer.dataset.poll-interval=500ms",
                "--aerocast.trainer.schedule.interval=500ms",
                "--aerocast.trainer.dataset.minimum-recent=300",
                "--aerocast.trainer.dataset.maximum-replay=600",
                "--aerocast.trainer.dataset.maximum-samples=4000");
    }
}
