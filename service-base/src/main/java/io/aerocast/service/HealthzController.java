package io.aerocast.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /healthz`: the process is alive, with the facts of its components. `ok` tells whether all of them work: the
/// broker is connected, the topics are there, and no component fails. The status is 200 in any case: a restart brings
/// no broker back, so a probe of liveness must not ask for one.
@RestController
final class HealthzController {

    private final String service;
    private final TopicProvisioner provisioner;
    private final List<HealthFact> facts;

    HealthzController(String service, TopicProvisioner provisioner, List<HealthFact> facts) {
        this.service = service;
        this.provisioner = provisioner;
        this.facts = facts;
    }

    @GetMapping("/healthz")
    Map<String, Object> healthz() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(
                "ok",
                provisioner.connected() && provisioner.ready() && facts.stream().allMatch(HealthFact::ok));
        body.put("service", service);
        body.put("broker", provisioner.connected() ? "connected" : "away");
        facts.forEach(f -> body.putAll(f.facts()));
        return body;
    }
}
