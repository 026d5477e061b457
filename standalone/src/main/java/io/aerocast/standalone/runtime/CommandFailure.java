package io.aerocast.standalone.runtime;

import org.springframework.boot.context.properties.bind.BindException;

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

    /// The configuration has an unknown key or an invalid value. The innermost cause names it.
    public static CommandFailure of(BindException cause) {
        Throwable innermost = cause;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return new CommandFailure("%s: %s".formatted(cause.getMessage(), innermost.getMessage()), cause);
    }
}
