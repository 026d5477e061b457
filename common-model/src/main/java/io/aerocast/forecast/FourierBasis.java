package io.aerocast.forecast;

import io.aerocast.pipeline.Season;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The terms of a seasonal mean: a constant, the sines and cosines of every season, and the products of the terms
/// of every two seasons, because the daily cycle changes over the year.
///
/// @param seasons the cycles, counted from 1970-01-01T00:00Z
public record FourierBasis(List<Season> seasons) {

    public FourierBasis {
        seasons = List.copyOf(seasons);
    }

    /// The cosine or the sine of one harmonic of a season.
    ///
    /// @param harmonic 1 for the season's own period
    public record Wave(Season season, int harmonic, boolean sine) {}

    /// The factors of each term: none for the constant, one wave, or the two waves of a product.
    ///
    /// @return shape [size()]
    public List<List<Wave>> factors() {
        List<List<Wave>> factors = new ArrayList<>();
        factors.add(List.of());
        for (int i = 0; i < seasons.size(); i++) {
            for (Wave own : waves(seasons.get(i))) {
                factors.add(List.of(own));
                for (int j = 0; j < i; j++) {
                    waves(seasons.get(j)).forEach(other -> factors.add(List.of(own, other)));
                }
            }
        }
        return factors;
    }

    private static List<Wave> waves(Season season) {
        return IntStream.rangeClosed(1, season.harmonics())
                .boxed()
                .flatMap(harmonic -> Stream.of(new Wave(season, harmonic, false), new Wave(season, harmonic, true)))
                .toList();
    }

    /// Number of terms.
    public int size() {
        int terms = 1;
        for (int i = 0; i < seasons.size(); i++) {
            int own = 2 * seasons.get(i).harmonics();
            terms += own;
            for (int j = 0; j < i; j++) {
                terms += own * 2 * seasons.get(j).harmonics();
            }
        }
        return terms;
    }

    /// The terms' values at a time, the constant first.
    ///
    /// @return shape [size()]
    public double[] at(Instant time) {
        double[] terms = new double[size()];
        terms[0] = 1;
        int next = 1;
        List<double[]> waves = new ArrayList<>();
        seasons.forEach(season -> waves.add(waves(season, time)));
        for (int i = 0; i < waves.size(); i++) {
            for (double own : waves.get(i)) {
                terms[next++] = own;
                for (int j = 0; j < i; j++) {
                    for (double other : waves.get(j)) {
                        terms[next++] = own * other;
                    }
                }
            }
        }
        return terms;
    }

    /// The seasonal mean at a time.
    ///
    /// @param coefficients shape [size()]
    public double mean(double[] coefficients, Instant time) {
        double[] terms = at(time);
        double mean = 0;
        for (int i = 0; i < terms.length; i++) {
            mean += coefficients[i] * terms[i];
        }
        return mean;
    }

    /// Cosine and sine of each harmonic, from those of the first one by the addition theorems. `StrictMath`: every
    /// platform computes the same bits.
    private static double[] waves(Season season, Instant time) {
        long period = season.period().toMillis();
        double phase = 2 * Math.PI * Math.floorMod(time.toEpochMilli(), period) / period;
        double[] waves = new double[2 * season.harmonics()];
        double cos = StrictMath.cos(phase);
        double sin = StrictMath.sin(phase);
        waves[0] = cos;
        waves[1] = sin;
        for (int i = 2; i < waves.length; i += 2) {
            waves[i] = waves[i - 2] * cos - waves[i - 1] * sin;
            waves[i + 1] = waves[i - 1] * cos + waves[i - 2] * sin;
        }
        return waves;
    }

    /// Each season as its period in milliseconds and its harmonics.
    List<Tensor> tensors(String name) {
        List<Tensor> tensors = new ArrayList<>();
        for (Season season : seasons) {
            double[] numbers = {season.period().toMillis(), season.harmonics()};
            tensors.add(Tensor.vector(name + tensors.size(), numbers.length, numbers));
        }
        return tensors;
    }

    static FourierBasis from(Tensors tensors, String name) {
        List<Season> seasons = new ArrayList<>();
        while (tensors.contains(name + seasons.size())) {
            double[] numbers = tensors.values(name + seasons.size(), 2);
            seasons.add(new Season(Duration.ofMillis((long) numbers[0]), (int) numbers[1]));
        }
        return new FourierBasis(seasons);
    }
}
