package io.aerocast.trainer.track;

import java.io.IOException;

/// A run log rejects a run or a change for good; another attempt would fail as well. The message names the cause.
public class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message);
    }
}
