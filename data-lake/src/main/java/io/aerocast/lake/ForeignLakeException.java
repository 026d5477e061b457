package io.aerocast.lake;

/// The lake holds offsets of another topic than the one that is about to land. The message names the remedies.
public final class ForeignLakeException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public ForeignLakeException(String message) {
        super(message);
    }
}
