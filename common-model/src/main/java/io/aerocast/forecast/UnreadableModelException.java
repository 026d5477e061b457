package io.aerocast.forecast;

/// The bytes are not a model artifact, or not one that this version can read.
public final class UnreadableModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableModelException(String message) {
        super(message);
    }

    UnreadableModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
