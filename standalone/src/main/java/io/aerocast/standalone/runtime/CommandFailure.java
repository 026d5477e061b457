package io.aerocast.standalone.runtime;

/// A command cannot do what it was asked for. The message tells a person why, and what to do.
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandFailure(String message) {
        super(message);
    }

    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /// A failure that an exception tells well enough by itself.
    public static CommandFailure of(Exception cause) {
        String message = cause.getMessage();
        return new CommandFailure(message == null ? cause.toString() : message, cause);
    }
}
