package io.aerocast.trainer.mlflow;

import tools.jackson.databind.JsonNode;

/// A run as the server knows it.
///
/// @param id MLflow's
/// @param experiment id of its experiment
/// @param parameters number of parameters that are logged
/// @param artifactUri root of its artifacts
record MlflowRun(String id, String experiment, Status status, int parameters, String artifactUri) {

    /// State of a run, in order of preference.
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

    /// Whether it has not been deleted.
    boolean isActive() {
        return status != Status.DELETED;
    }
}
