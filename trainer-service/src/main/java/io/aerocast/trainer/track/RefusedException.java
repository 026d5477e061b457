package io.aerocast.trainer.track;

import java.io.IOException;

/// A run log will not take something, however often it is offered. The message says why.
public class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message);
    }
}
