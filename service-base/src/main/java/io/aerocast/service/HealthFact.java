package io.aerocast.service;

import java.util.Map;

/// Something that a service tells about itself on `GET /healthz`.
@FunctionalInterface
public interface HealthFact {

    /// Names and values, as they appear in the JSON.
    Map<String, Object> facts();
}
