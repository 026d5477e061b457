package io.aerocast.service;

import java.util.Map;

/// Contributes facts about a service to `GET /healthz`.
@FunctionalInterface
public interface HealthFact {

    /// Names and values of the facts, as in the JSON.
    Map<String, Object> facts();

    /// Whether the component does its work. It may not do so yet, or not at present: a restart need not help.
    default boolean ok() {
        return true;
    }
}
