package io.aerocast.service;

/// What lies at the bottom of a failure, in one line. Kafka's clients wrap the cause that helps.
public final class RootCause {

    private RootCause() {}

    /// The innermost cause's type, and its message if it has one: `UnknownHostException: kafka`.
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
