package io.aerocast.api.simulation;

import io.aerocast.api.http.PeerClient;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The simulated stations, whose weather and sensor ingest-service changes: requests are forwarded, with the client's
/// `Authorization`. Errors: those of ingest-service, and 503 for a change without one.
@RestController
final class SimulationController {

    private final PeerClient simulator;

    SimulationController(PeerClient simulator) {
        this.simulator = simulator;
    }

    /// Without an address of ingest-service the list is empty.
    @GetMapping("/v1/simulators")
    JsonNode simulators() {
        if (!simulator.configured()) {
            JsonNodeFactory json = JsonNodeFactory.instance;
            return json.objectNode().set("simulators", json.arrayNode());
        }
        return simulator.get("/simulators");
    }

    /// Changes the weather or the sensor; body: `weather`, `fault`.
    @PostMapping(path = "/v1/simulators/{station}", consumes = MediaType.APPLICATION_JSON_VALUE)
    JsonNode change(
            @PathVariable String station,
            @RequestBody JsonNode body,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
        String path = "/simulators/" + UriUtils.encodePathSegment(station, StandardCharsets.UTF_8);
        return simulator.post(path, body, authorization);
    }
}
