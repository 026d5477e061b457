package io.aerocast.lake;

/// The offsets in a lake's file names are not those of the topic that is to land in it. Its message says what to do.
public final class ForeignLakeException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public ForeignLakeException(String message) {
        super(message);
    }
}
