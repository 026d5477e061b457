package io.aerocast.trainer.mlflow;

import java.io.IOException;

/// The server answered something else than success.
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

    /// Whether the server will say the same whenever it is asked. Most of what it answers with 400 or 409 is a hiccup
    /// of its database, and what a proxy says, or a server that does not know us, may change.
    boolean isFinal() {
        return status == 400 && code.equals("INVALID_PARAMETER_VALUE");
    }
}
