package io.aerocast.trainer.mlflow;

import tools.jackson.databind.JsonNode;

/// A run as the server knows it.
///
/// @param id MLflow's
/// @param experiment id of its experiment
/// @param parameters how many are logged
/// @param artifactUri where its artifacts go
record MlflowRun(String id, String experiment, Status status, int parameters, String artifactUri) {

    /// How far it is, those that are preferred first.
    enum Status {
        CLOSED,
        OPEN,
        DELETED
    }

    static MlflowRun of(JsonNode run) {
        JsonNode info = run.required("info");
        return new MlflowRun(
                info.required("run_id").asString(),
                info.required("experiment_id").asString(),
                status(info),
                run.path("data").path("params").size(),
                info.required("artifact_uri").asString());
    }

    private static Status status(JsonNode info) {
        if (info.path("lifecycle_stage").asString("active").equals("deleted")) {
            return Status.DELETED;
        }
        return info.required("status").asString().equals("RUNNING") ? Status.OPEN : Status.CLOSED;
    }

    /// Whether nobody has deleted it.
    boolean isActive() {
        return status != Status.DELETED;
    }
}
