package io.aerocast.standalone.demo;

import io.aerocast.pipeline.Pipelines;
import io.aerocast.standalone.runtime.Service;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the demo runs the system: faster than life, and otherwise as anybody could configure it.
///
/// @param parts the pipelines that run
/// @param healing the pipeline that the heatwave comes to, which is to heal
/// @param services Spring Boot arguments per service
record DemoSettings(List<Part> parts, String healing, Map<Service, List<String>> services) {

    /// The kind of model whose forecasts are followed.
    static final String MODEL = "gru";

    /// One pipeline's part in the demo.
    ///
    /// @param pipeline its name
    /// @param source what feeds it, for a person
    /// @param firstTraining observations that must have landed before the first training is asked for
    /// @param heatwave observation time of the heatwave's first observation; empty if none comes
    record Part(String pipeline, String source, int firstTraining, Optional<Instant> heatwave) {}

    /// Both pipelines, so fast that all is seen within three minutes on two slow cores.
    static DemoSettings standard() {
        Instant start = Instant.parse("2020-01-01T00:00:00Z");
        int calmSteps = 2_000;
        Instant heatwave = Pipelines.builtIn().require("sim").after(start, calmSteps);
        return new DemoSettings(
                List.of(
                        new Part("noaa", "JFK 2013 from March on, 12 hours a second", 400, Optional.empty()),
                        new Part("sim", "a simulated station, 50 readings a second", 500, Optional.of(heatwave))),
                "sim",
                Map.of(
                        Service.INGEST,
                        List.of(
                                "--aerocast.ingest.replay.enabled=true",
                                // Each hour is 48 forecasts that drift compares: no faster than its training needs.
                                "--aerocast.ingest.replay.interval=80ms",
                                // The model that AeroCast ships was fitted on the months before.
                                "--aerocast.ingest.replay.from=2013-03-01T00:00:00Z",
                                "--aerocast.ingest.simulator.enabled=true",
                                "--aerocast.ingest.simulator.start=" + start,
                                "--aerocast.ingest.simulator.calm-steps=" + calmSteps,
                                "--aerocast.ingest.simulator.interval=20ms",
                                // Windows must land as fast as time flies.
                                "--aerocast.ingest.landing.max-rows=100",
                                "--aerocast.ingest.landing.max-open=2s"),
                        Service.TRAINER,
                        List.of(
                                "--aerocast.trainer.signal.flag-interval=500ms",
                                "--aerocast.trainer.dataset.poll-interval=500ms",
                                "--aerocast.trainer.dataset.minimum-recent=400",
                                "--aerocast.trainer.dataset.maximum-replay=600",
                                "--aerocast.trainer.dataset.maximum-samples=4000")));
    }
}
