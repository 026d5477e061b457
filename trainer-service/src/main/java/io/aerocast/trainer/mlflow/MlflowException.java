package io.aerocast.trainer.mlflow;

import java.io.IOException;

/// The server did not answer with success.
final class MlflowException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /// @param status of HTTP
    /// @param code MLflow's `error_code`, or empty
    MlflowException(String request, int status, String code, String message) {
        super("%s gave %d%s: %s".formatted(request, status, code.isEmpty() ? "" : " " + code, message));
        this.status = status;
        this.code = code;
    }

    boolean alreadyExists() {
        return code.equals("RESOURCE_ALREADY_EXISTS");
    }

    boolean missing() {
        return code.equals("RESOURCE_DOES_NOT_EXIST");
    }

    /// Whether another attempt would fail as well. Most answers with 400 or 409 are transient errors of the
    /// server's database, and the answer of a proxy, or of a server that rejects our credentials, may change.
    boolean isFinal() {
        return status == 400 && code.equals("INVALID_PARAMETER_VALUE");
    }
}
