package io.aerocast.standalone.driftbench;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.random.RandomGenerator;

/// Kolmogorov-Smirnov windowing (Raab, Heusinger and Schleif 2020): the latest values against as many random
/// older ones of a window, with the defaults of River.
final class Kswin implements ErrorDetector {

    private static final double ALPHA = 0.005;
    private static final int WINDOW = 100;
    private static final int RECENT = 30;
    private static final double LEAST = 0.1;

    private final Deque<Double> window = new ArrayDeque<>();
    private final RandomGenerator random;

    Kswin(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public boolean add(double error) {
        window.addLast(error);
        if (window.size() > WINDOW) {
            window.removeFirst();
        }
        if (window.size() < WINDOW) {
            return false;
        }
        double[] all = window.stream().mapToDouble(x -> x).toArray();
        double[] recent = Arrays.copyOfRange(all, WINDOW - RECENT, WINDOW);
        double[] older = sample(Arrays.copyOf(all, WINDOW - RECENT));
        double distance = distance(recent, older);
        boolean alarm = distance > LEAST && distance > critical();
        if (alarm) {
            window.clear();
            Arrays.stream(recent).forEach(window::addLast);
        }
        return alarm;
    }

    /// The distance whose asymptotic p-value is [#ALPHA].
    private static double critical() {
        return Math.sqrt(-Math.log(ALPHA / 2) / RECENT);
    }

    private double[] sample(double[] older) {
        for (int i = 0; i < RECENT; i++) {
            int other = i + random.nextInt(older.length - i);
            double kept = older[i];
            older[i] = older[other];
            older[other] = kept;
        }
        return Arrays.copyOf(older, RECENT);
    }

    static double distance(double[] one, double[] other) {
        double[] a = one.clone();
        double[] b = other.clone();
        Arrays.sort(a);
        Arrays.sort(b);
        double largest = 0;
        for (double x : a) {
            largest = Math.max(largest, Math.abs(share(a, x) - share(b, x)));
        }
        for (double x : b) {
            largest = Math.max(largest, Math.abs(share(a, x) - share(b, x)));
        }
        return largest;
    }

    private static double share(double[] values, double limit) {
        return (double) Arrays.stream(values).filter(x -> x <= limit).count() / values.length;
    }
}
