package io.aerocast.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Encodes each step of a lookback as the inputs of a network, side by side:
///
/// 1. every feature, standardised (see [Scaler]);
/// 2. every feature's change from the step before in units of its usual size, 0 at the first step;
/// 3. for every cycle, such as the day, the cosine and the sine of the step's phase.
///
/// A missing reading repeats the one before it, so its change is 0. Before the first reading the inputs hold the
/// mean, and the first reading counts as no change. If the lookback has no times, cosine and sine are both 0, a
/// pair that no phase has. Immutable.
public final class InputEncoder {

    private final Scaler scaler;
    private final double[] changeDeviation;
    private final List<Duration> cycles;
    private final Duration cadence;
    private final double[] stepCosine;
    private final double[] stepSine;

    /// @param changeDeviation shape [features], root mean square of the change from one step to the next, in the
    ///     features' units, positive; empty for an encoder without changes
    /// @param cycles counted from 1970-01-01T00:00Z; may be empty
    /// @param cadence the length of one step
    /// @throws IllegalArgumentException if the parts do not fit together
    public InputEncoder(Scaler scaler, double[] changeDeviation, List<Duration> cycles, Duration cadence) {
        this.scaler = scaler;
        this.changeDeviation = changeDeviation.clone();
        this.cycles = List.copyOf(cycles);
        this.cadence = cadence;
        if (changeDeviation.length != 0 && changeDeviation.length != scaler.features()) {
            throw new IllegalArgumentException(
                    "An encoder needs the size of the change of each of %d features, found %d"
                            .formatted(scaler.features(), changeDeviation.length));
        }
        for (double each : changeDeviation) {
            if (!(each > 0 && Double.isFinite(each))) {
                throw new IllegalArgumentException(
                        "The sizes of an encoder's changes must be positive, found %s".formatted(each));
            }
        }
        if (!cadence.isPositive() || cycles.stream().anyMatch(cycle -> !cycle.isPositive())) {
            throw new IllegalArgumentException(
                    "An encoder's cadence and cycles must be positive, found %s and %s".formatted(cadence, cycles));
        }
        stepCosine = new double[cycles.size()];
        stepSine = new double[cycles.size()];
        for (int c = 0; c < stepCosine.length; c++) {
            double angle = phase(cadence.toMillis(), cycles.get(c));
            stepCosine[c] = StrictMath.cos(angle);
            stepSine[c] = StrictMath.sin(angle);
        }
    }

    /// The scaling of the features.
    public Scaler scaler() {
        return scaler;
    }

    /// Shape [features], the usual size of a change from one step to the next, in the features' units; may be
    /// empty.
    public double[] changeDeviation() {
        return changeDeviation.clone();
    }

    /// The cycles whose phase is encoded.
    public List<Duration> cycles() {
        return cycles;
    }

    /// The length of one step.
    public Duration cadence() {
        return cadence;
    }

    /// Number of features.
    public int features() {
        return scaler.features();
    }

    /// Number of encoded values per step.
    public int inputs() {
        return timesAt() + 2 * cycles.size();
    }

    /// Index in a step's values at which the cosines and sines of the cycles begin.
    public int timesAt() {
        return scaler.features() + changeDeviation.length;
    }

    /// Encodes the newest rows of a lookback.
    ///
    /// @param steps how many rows, at most `lookback.steps()`
    /// @return shape [steps][inputs], oldest first
    public double[][] encode(Lookback lookback, int steps) {
        double[][] encoded = scaler.standardise(lookback, steps, inputs());
        addChanges(encoded, lookback.rows());
        if (!cycles.isEmpty()) {
            addTimes(encoded, lookback.origin());
        }
        return encoded;
    }

    /// Works on standardised values with missing readings filled in. The first reading counts as no change from the
    /// mean that fills the steps before it.
    private void addChanges(double[][] encoded, double[][] rows) {
        for (int f = 0; f < changeDeviation.length; f++) {
            double scale = scaler.deviation()[f] / changeDeviation[f];
            boolean known = !Double.isNaN(rows[rows.length - encoded.length][f]);
            for (int step = 1; step < encoded.length; step++) {
                if (known) {
                    encoded[step][features() + f] = (encoded[step][f] - encoded[step - 1][f]) * scale;
                }
                known |= !Double.isNaN(rows[rows.length - encoded.length + step][f]);
            }
        }
    }

    /// Backwards from the origin by rotations of one step's angle: cosine and sine are expensive.
    private void addTimes(double[][] encoded, @Nullable Instant origin) {
        if (origin == null) {
            return;
        }
        for (int c = 0; c < stepCosine.length; c++) {
            double angle = phase(origin.toEpochMilli(), cycles.get(c));
            double cosine = StrictMath.cos(angle);
            double sine = StrictMath.sin(angle);
            int at = timesAt() + 2 * c;
            for (int step = encoded.length - 1; step >= 0; step--) {
                encoded[step][at] = cosine;
                encoded[step][at + 1] = sine;
                double turned = cosine * stepCosine[c] + sine * stepSine[c];
                sine = sine * stepCosine[c] - cosine * stepSine[c];
                cosine = turned;
            }
        }
    }

    private static double phase(long millis, Duration cycle) {
        long period = cycle.toMillis();
        return 2 * Math.PI * Math.floorMod(millis, period) / period;
    }

    List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>(scaler.tensors());
        if (changeDeviation.length > 0) {
            tensors.add(Tensor.vector("changeDeviation", changeDeviation.length, changeDeviation));
        }
        tensors.add(Tensor.vector("cadenceMillis", 1, new double[] {cadence.toMillis()}));
        if (!cycles.isEmpty()) {
            double[] millis = cycles.stream().mapToDouble(Duration::toMillis).toArray();
            tensors.add(Tensor.vector("cycleMillis", millis.length, millis));
        }
        return tensors;
    }

    /// Artifacts of format 1 have neither changes nor cycles, and no cadence.
    static InputEncoder from(Tensors tensors) {
        double[] changes = tensors.contains("changeDeviation") ? tensors.values("changeDeviation") : new double[0];
        List<Duration> cycles = new ArrayList<>();
        if (tensors.contains("cycleMillis")) {
            for (double millis : tensors.values("cycleMillis")) {
                cycles.add(Duration.ofMillis((long) millis));
            }
        }
        Duration cadence = tensors.contains("cadenceMillis")
                ? Duration.ofMillis((long) tensors.value("cadenceMillis"))
                : Duration.ofHours(1);
        return new InputEncoder(Scaler.from(tensors), changes, cycles, cadence);
    }
}
