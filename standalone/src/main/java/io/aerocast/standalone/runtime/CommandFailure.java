package io.aerocast.standalone.runtime;

/// A command cannot do its work. The message gives the reason and the remedy.
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandFailure(String message) {
        super(message);
    }

    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /// A failure whose cause already has a sufficient message.
    public static CommandFailure of(Exception cause) {
        String message = cause.getMessage();
        return new CommandFailure(message == null ? cause.toString() : message, cause);
    }
}
