package io.aerocast.service;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /healthz`: the process is alive, with the facts of its components. `ok` tells whether all of them do their
/// work: the broker is connected, the topics are there, and no component fails. The status is 200 in any case, since a
/// restart brings no broker back. Strangers do not see the texts that may name files, addresses and hosts.
@RestController
final class HealthzController {

    private static final Set<String> INTERNAL = Set.of("problem", "cause", "server");

    private final String service;
    private final TopicProvisioner provisioner;
    private final List<HealthFact> facts;
    private final boolean strangers;

    /// @param strangers whether only those who send a token see everything
    HealthzController(String service, TopicProvisioner provisioner, List<HealthFact> facts, boolean strangers) {
        this.service = service;
        this.provisioner = provisioner;
        this.facts = facts;
        this.strangers = strangers;
    }

    @GetMapping("/healthz")
    Map<String, Object> healthz(@Nullable Principal sender) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(
                "ok",
                provisioner.connected() && provisioner.ready() && facts.stream().allMatch(HealthFact::ok));
        body.put("service", service);
        body.put("broker", provisioner.connected() ? "connected" : "away");
        facts.forEach(f -> body.putAll(f.facts()));
        return strangers && sender == null ? withoutInternals(body) : body;
    }

    private static Map<String, Object> withoutInternals(Map<?, ?> facts) {
        Map<String, Object> open = new LinkedHashMap<>();
        facts.forEach((name, fact) -> {
            if (!INTERNAL.contains(String.valueOf(name))) {
                open.put(String.valueOf(name), open(fact));
            }
        });
        return open;
    }

    private static Object open(Object fact) {
        return switch (fact) {
            case Map<?, ?> inner -> withoutInternals(inner);
            case List<?> several ->
                several.stream().map(HealthzController::open).toList();
            default -> fact;
        };
    }
}
