package io.aerocast.standalone.demo;

import io.aerocast.standalone.runtime.Service;
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
    /// @param calmSteps observations before the heatwave, or 0 if none comes
    record Part(String pipeline, String source, int firstTraining, int calmSteps) {

        Optional<Integer> heatwaveAfter() {
            return calmSteps == 0 ? Optional.empty() : Optional.of(calmSteps);
        }
    }

    /// Both pipelines, tuned so that all is seen within two minutes on two cores.
    static DemoSettings standard() {
        return new DemoSettings(
                List.of(
                        new Part("noaa", "JFK 2013, hourly readings, replayed fast", 400, 0),
                        new Part("sim", "a simulated station in calm weather", 400, 1500)),
                "sim",
                Map.of());
    }
}
