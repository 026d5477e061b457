package io.aerocast.trainer.record;

import java.io.IOException;

/// A run record that this version of AeroCast cannot read. The message names the file and the cause.
public final class UnreadableRunException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableRunException(String message) {
        super(message);
    }

    UnreadableRunException(String message, Throwable cause) {
        super(message, cause);
    }
}
