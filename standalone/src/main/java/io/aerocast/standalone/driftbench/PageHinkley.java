package io.aerocast.standalone.driftbench;

/// The Page-Hinkley test (Page 1954) for a growth of the mean, with the defaults of River.
final class PageHinkley implements ErrorDetector {

    private static final double DELTA = 0.005;
    private static final double THRESHOLD = 50;
    private static final double FORGETTING = 0.9999;
    private static final int MINIMUM = 30;

    private int count;
    private double mean;
    private double sum;

    @Override
    public boolean add(double error) {
        count++;
        mean += (error - mean) / count;
        sum = Math.max(0, FORGETTING * sum + error - mean - DELTA);
        boolean alarm = count >= MINIMUM && sum > THRESHOLD;
        if (alarm) {
            count = 0;
            mean = 0;
            sum = 0;
        }
        return alarm;
    }
}
