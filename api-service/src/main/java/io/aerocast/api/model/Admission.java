package io.aerocast.api.model;

/// The decision whether a model may serve.
sealed interface Admission {

    /// The model may serve.
    record Admitted(ServedModel model) implements Admission {}

    /// The model may not serve.
    ///
    /// @param fault the value of the tag `fault` in metrics
    /// @param reason the expectation and the finding
    record Refused(Fault fault, String reason) implements Admission {}

    /// Reasons for a refusal.
    enum Fault {
        /// The artifact has another checksum than the event states, or cannot be read.
        CORRUPT,
        /// Its pipeline is not configured.
        FOREIGN,
        /// It is another model than the event names, or does not fit its pipeline.
        MISMATCH;

        String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
