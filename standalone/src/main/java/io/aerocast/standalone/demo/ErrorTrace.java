package io.aerocast.standalone.demo;

import io.aerocast.standalone.healing.ErrorSpan;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/// The error of one pipeline over the last minute, one sample every two seconds.
final class ErrorTrace {

    static final int SAMPLES = 30;
    private static final long SAMPLE_NANOS = Duration.ofSeconds(2).toNanos();

    private final Deque<Double> samples = new ArrayDeque<>();
    private final List<Double> arrived = new ArrayList<>();
    private long sampledAt = System.nanoTime();

    /// @param error in the target's unit
    void add(double error) {
        arrived.add(error);
    }

    /// The samples so far, oldest first, in the target's unit. An interval without evaluations has no sample.
    double[] samples() {
        if (System.nanoTime() - sampledAt >= SAMPLE_NANOS) {
            sampledAt = System.nanoTime();
            ErrorSpan.rootMeanSquare(values(arrived)).ifPresent(this::sample);
            arrived.clear();
        }
        return values(samples);
    }

    private void sample(double rmse) {
        samples.add(rmse);
        if (samples.size() > SAMPLES) {
            samples.removeFirst();
        }
    }

    private static double[] values(Collection<Double> of) {
        return of.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
