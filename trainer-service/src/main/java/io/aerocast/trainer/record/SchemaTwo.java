package io.aerocast.trainer.record;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads the second schema of a run record, in which the first feature of a pipeline was its only target: outcomes
/// do not name a feature, and a run has one set of data. The change of its only signal is that of the run.
final class SchemaTwo {

    static final int SCHEMA = 2;

    /// The feature of a run whose pipeline is unknown.
    static final String UNKNOWN = "unknown";

    private final JsonMapper mapper;

    SchemaTwo(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /// @throws RuntimeException if this is no record
    RunRecord read(JsonNode json) {
        ObjectNode run = (ObjectNode) json;
        String feature = run.path("contract").path("features").path(0).asString(UNKNOWN);
        run.path("outcomes").forEach(outcome -> ((ObjectNode) outcome).put("feature", feature));
        JsonNode data = run.path("data");
        ObjectNode byFeature = mapper.createObjectNode();
        if (data.isObject()) {
            byFeature.set(feature, data);
        }
        run.set("data", byFeature);
        JsonNode changedSince = run.path("signal").path("changedSince");
        if (!changedSince.isMissingNode()) {
            run.set("changedSince", changedSince);
        }
        run.put("schema", RunRecord.SCHEMA);
        return mapper.treeToValue(run, RunRecord.class);
    }
}
