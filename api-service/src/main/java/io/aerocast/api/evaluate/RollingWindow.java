package io.aerocast.api.evaluate;

import io.aerocast.event.Evaluation.Pair;
import java.time.Instant;
import java.util.Arrays;

/// The newest evaluations of one version of a model at one horizon. A new version starts with an empty window.
/// Evaluations are identified by their offsets, so one that is read twice counts once, and their order of arrival
/// does not matter. Not safe for use by several threads.
final class RollingWindow {

    private static final int FIRST_SIZE = 16;

    private final int capacity;
    private String version = "";
    private Instant newest = Instant.EPOCH;
    private int size;

    // Arrays of numbers, ascending by offset: a station has hundreds of windows.
    private long[] offsets = new long[0];
    private double[] squares = new double[0];
    private double[] persistences = new double[0];
    private byte[] held = new byte[0];

    /// @param capacity number of evaluations to keep
    RollingWindow(int capacity) {
        this.capacity = capacity;
    }

    /// The version of the model.
    String version() {
        return version;
    }

    /// Adds an evaluation, unless it is known, older than the window, or of an earlier version.
    ///
    /// @param arrived its arrival on the topic
    void add(long offset, Instant arrived, Pair pair, double actual) {
        boolean last = size == 0 || offset > offsets[size - 1];
        if (!pair.modelVersion().equals(version)) {
            if (!last) {
                return;
            }
            version = pair.modelVersion();
            size = 0;
        }
        int at = Arrays.binarySearch(offsets, 0, size, offset);
        if (at < 0 && (size < capacity || at < -1)) {
            int index = open(-at - 1);
            set(index, offset, pair, actual);
            newest = last ? arrived : newest;
        }
    }

    /// Makes room for an evaluation; a full window drops its oldest.
    ///
    /// @param index of the first later evaluation
    /// @return the free index
    private int open(int index) {
        if (size == capacity) {
            move(1, 0, index - 1);
            return index - 1;
        }
        if (size == offsets.length) {
            grow(Math.min(capacity, Math.max(FIRST_SIZE, 2 * size)));
        }
        move(index, index + 1, size - index);
        size++;
        return index;
    }

    private void grow(int length) {
        offsets = Arrays.copyOf(offsets, length);
        squares = Arrays.copyOf(squares, length);
        persistences = Arrays.copyOf(persistences, length);
        held = Arrays.copyOf(held, length);
    }

    private void move(int from, int to, int length) {
        System.arraycopy(offsets, from, offsets, to, length);
        System.arraycopy(squares, from, squares, to, length);
        System.arraycopy(persistences, from, persistences, to, length);
        System.arraycopy(held, from, held, to, length);
    }

    private void set(int index, long offset, Pair pair, double actual) {
        Double persistence = pair.persistence();
        offsets[index] = offset;
        squares[index] = pair.residual(actual) * pair.residual(actual);
        persistences[index] = persistence == null ? Double.NaN : (actual - persistence) * (actual - persistence);
        held[index] = pair.held(actual).map(each -> each ? (byte) 1 : 0).orElse((byte) -1);
    }

    /// The means over the window, which must not be empty.
    Means means() {
        double square = 0;
        double comparedSquare = 0;
        double persistence = 0;
        int compared = 0;
        int inside = 0;
        int covered = 0;
        for (int i = 0; i < size; i++) {
            square += squares[i];
            if (!Double.isNaN(persistences[i])) {
                comparedSquare += squares[i];
                persistence += persistences[i];
                compared++;
            }
            if (held[i] >= 0) {
                inside += held[i];
                covered++;
            }
        }
        return new Means(
                newest,
                size,
                square / size,
                compared,
                comparedSquare / compared,
                persistence / compared,
                covered,
                (double) inside / covered);
    }

    /// Means over the window; `NaN` where their count is 0.
    ///
    /// @param newest arrival of the newest evaluation
    /// @param square mean squared error
    /// @param compared number of evaluations whose persistence is known
    /// @param comparedSquare mean squared error over these
    /// @param persistence mean squared error of persistence over these
    /// @param covered number of evaluations whose interval is known
    /// @param coverage share of observed values within their intervals, over these
    record Means(
            Instant newest,
            int count,
            double square,
            int compared,
            double comparedSquare,
            double persistence,
            int covered,
            double coverage) {}
}
