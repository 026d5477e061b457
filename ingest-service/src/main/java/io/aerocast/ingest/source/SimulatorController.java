package io.aerocast.ingest.source;

import io.aerocast.event.Fault;
import io.aerocast.ingest.source.Conditions.View;
import io.aerocast.ingest.source.Conditions.Weather;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// `GET /simulators`: the simulated stations, none unless the simulator runs; `POST /simulators/{station}`: changes the
/// weather or the sensor of one. Errors: 400 for an unknown weather or fault, 404 for another station.
@RestController
final class SimulatorController {

    private static final String NONE = "none";

    private final List<Simulator> simulators;

    SimulatorController(List<Simulator> simulators) {
        this.simulators = simulators;
    }

    /// A change; what is absent stays.
    ///
    /// @param weather `calm` or `heatwave`
    /// @param fault a fault of the sensor, or `none`
    record Change(@Nullable String weather, @Nullable String fault) {}

    @GetMapping("/simulators")
    Map<String, List<View>> simulators() {
        return Map.of("simulators", simulators.stream().map(Simulator::view).toList());
    }

    @PostMapping(path = "/simulators/{station}", consumes = MediaType.APPLICATION_JSON_VALUE)
    View change(@PathVariable String station, @RequestBody Change change) {
        Simulator simulator = simulators.stream()
                .filter(s -> s.station().equals(station))
                .findFirst()
                .orElseThrow(() -> problem(
                        HttpStatus.NOT_FOUND,
                        "Unknown station",
                        "No simulator runs for this station; GET /simulators lists those that do"));
        Weather weather = change.weather() == null ? null : one("weather", change.weather(), Weather.values());
        Fault fault = change.fault() == null || change.fault().equals(NONE)
                ? null
                : one("fault", change.fault(), Fault.values());
        if (weather != null) {
            simulator.conditions().turn(weather);
        }
        if (change.fault() != null) {
            simulator.conditions().sensor(fault);
        }
        return simulator.view();
    }

    private static <E extends Enum<E>> E one(String field, String name, E[] known) {
        return Arrays.stream(known)
                .filter(value -> label(value).equals(name))
                .findFirst()
                .orElseThrow(() -> problem(
                        HttpStatus.BAD_REQUEST,
                        "Invalid request",
                        "Field '%s': expected one of %s"
                                .formatted(
                                        field,
                                        Arrays.stream(known)
                                                .map(SimulatorController::label)
                                                .collect(Collectors.joining(", ")))));
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static ErrorResponseException problem(HttpStatus status, String title, String detail) {
        ProblemDetail body = ProblemDetail.forStatusAndDetail(status, detail);
        body.setTitle(title);
        return new ErrorResponseException(status, body, null);
    }
}
