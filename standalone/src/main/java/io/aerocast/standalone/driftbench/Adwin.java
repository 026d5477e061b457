package io.aerocast.standalone.driftbench;

import java.util.ArrayList;
import java.util.List;

/// ADWIN2 (Bifet and Gavaldà 2007): a window of exponential buckets alarms where two parts of it differ, and
/// starts anew as in River, with the defaults of River.
final class Adwin implements ErrorDetector {

    private static final double DELTA = 0.002;
    private static final int ROW = 5;
    private static final int CLOCK = 32;
    private static final int LEAST_PART = 5;
    private static final int GRACE = 10;

    private final List<Bucket> buckets = new ArrayList<>();
    private int seen;

    /// @param variance sum of the squared distances from the mean
    private record Bucket(double count, double sum, double variance) {

        Bucket with(Bucket other) {
            double apart = sum / count - other.sum / other.count;
            return new Bucket(
                    count + other.count,
                    sum + other.sum,
                    variance + other.variance + count * other.count / (count + other.count) * apart * apart);
        }
    }

    @Override
    public boolean add(double error) {
        buckets.add(new Bucket(1, error, 0));
        compress();
        seen++;
        boolean alarm = seen % CLOCK == 0 && seen > GRACE && differs();
        if (alarm) {
            buckets.clear();
            seen = 0;
        }
        return alarm;
    }

    /// Merges the two oldest buckets of a size of which there are too many; oldest first.
    private void compress() {
        double size = 1;
        int end = buckets.size();
        while (end > ROW) {
            int start = end;
            while (start > 0 && buckets.get(start - 1).count == size) {
                start--;
            }
            if (end - start <= ROW) {
                return;
            }
            buckets.set(start, buckets.get(start).with(buckets.get(start + 1)));
            buckets.remove(start + 1);
            end = start + 1;
            size *= 2;
        }
    }

    private Bucket total() {
        return buckets.stream().reduce(Bucket::with).orElse(new Bucket(0, 0, 0));
    }

    private boolean differs() {
        Bucket all = total();
        double count = 0;
        double sum = 0;
        for (Bucket bucket : buckets) {
            count += bucket.count;
            sum += bucket.sum;
            double rest = all.count - count;
            if (count > LEAST_PART && rest > LEAST_PART && isCut(all, count, sum, rest)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCut(Bucket all, double count, double sum, double rest) {
        double apart = Math.abs(sum / count - (all.sum - sum) / rest);
        double level = Math.log(2 * Math.log(all.count) / DELTA);
        double harmonic = 1 / (count - LEAST_PART + 1) + 1 / (rest - LEAST_PART + 1);
        double variance = all.variance / all.count;
        return apart > Math.sqrt(2 * harmonic * variance * level) + 2.0 / 3 * level * harmonic;
    }
}
