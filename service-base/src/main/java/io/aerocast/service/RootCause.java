package io.aerocast.service;

/// The root cause of a failure, in one line. Kafka's clients wrap the informative cause.
public final class RootCause {

    private RootCause() {}

    /// Type of the root cause, and its message if there is one: `UnknownHostException: kafka`.
    public static String message(Throwable failure) {
        Throwable root = of(failure);
        String type = root.getClass().getSimpleName();
        return root.getMessage() == null ? type : type + ": " + root.getMessage();
    }

    /// The innermost cause; the failure itself if it has none.
    public static Throwable of(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
