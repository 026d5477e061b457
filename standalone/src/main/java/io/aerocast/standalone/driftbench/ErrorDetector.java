package io.aerocast.standalone.driftbench;

/// A detector of the literature, on a stream of one-step errors.
interface ErrorDetector {

    /// Takes the next absolute error.
    ///
    /// @return whether it alarms; then it has started anew
    boolean add(double error);
}
