package io.aerocast.api.model;

/// Whether a published model may serve.
sealed interface Admission {

    /// @param model may serve
    record Admitted(ServedModel model) implements Admission {}

    /// @param fault for metrics
    /// @param reason what was expected and what was found
    record Refused(Fault fault, String reason) implements Admission {}

    /// Why a model may not serve.
    enum Fault {
        /// The artifact is not what was published, or cannot be read.
        CORRUPT,
        /// It is of a pipeline that does not run here.
        FOREIGN,
        /// It is not the model that the event names, or does not fit its pipeline.
        MISMATCH;

        String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
