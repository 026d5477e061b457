package io.aerocast.training.fit;

import io.aerocast.forecast.FourierBasis.Wave;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Season;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The Gaussian prior, with mean 0, of the coefficients of one feature's seasonal mean: Prophet's deviations, and
/// those of the [AnnualCycle] where the climatology knows one. The latter is diagonal in a frame in which the
/// cosine of the first harmonic peaks on the cycle's axis; terms and coefficients are rotated into and out of it.
final class MeanPrior {

    /// Deviation of the constant, in units of the largest reading, as in Prophet.
    private static final double CONSTANT = 5;

    /// Deviation of a wave, in units of the largest reading, as in Prophet.
    private static final double WAVE = 10;

    /// Deviation of the slope and its changes, in units of the largest reading. Prophet applies it to the changes
    /// alone; weather has almost no trend.
    private static final double SLOPE = 0.05 * Math.sqrt(2);

    /// Deviation of a wave of which neither data nor climatology know anything.
    private static final double ABSENT = 1e-6;

    private final Pipeline pipeline;
    private final Feature feature;
    private final Duration span;
    private final double largest;
    private final double[] deviations;
    private final double[] correlated;
    private final List<Rotation> rotations;

    /// Of the first harmonic of a cycle onto its axis.
    ///
    /// @param cosine index of the cosine's term
    /// @param sine index of the sine's term
    /// @param angle of the axis
    private record Rotation(int cosine, int sine, double angle) {}

    /// @param largest the largest reading by its size, in the feature's unit
    MeanPrior(Pipeline pipeline, Feature feature, SeasonalStructure structure, double largest) {
        this.pipeline = pipeline;
        this.feature = feature;
        this.span = structure.span();
        this.largest = largest;
        List<List<Wave>> factors = structure.basis().factors();
        deviations = new double
                [factors.size()
                        + (structure.trend() == null ? 0 : structure.trend().size())];
        correlated = new double[deviations.length];
        Arrays.fill(deviations, SLOPE * largest);
        Arrays.fill(correlated, 1);
        deviations[0] = CONSTANT * largest;
        for (int i = 1; i < factors.size(); i++) {
            set(i, factors.get(i));
        }
        rotations = structure.basis().seasons().stream()
                .flatMap(season -> rotation(season, factors).stream())
                .toList();
    }

    private void set(int term, List<Wave> factors) {
        for (Wave wave : factors) {
            Optional<AnnualCycle> cycle = AnnualCycle.of(feature, wave.season());
            if (cycle.isPresent()) {
                set(term, cycle.get(), wave, factors);
                return;
            }
        }
        boolean seen = factors.stream().allMatch(wave -> wave.season().period().compareTo(span) <= 0);
        deviations[term] = (seen ? WAVE : ABSENT) * largest;
    }

    private void set(int term, AnnualCycle cycle, Wave wave, List<Wave> factors) {
        if (factors.size() == 1) {
            deviations[term] = cycle.deviation(wave.harmonic(), wave.sine());
            correlated[term] = steps(cycle.slow());
        } else {
            Wave other = factors.get(1 - factors.indexOf(wave));
            deviations[term] = cycle.deviation(wave.harmonic(), other.harmonic());
            correlated[term] = steps(cycle.daily());
        }
    }

    private double steps(Duration time) {
        return Math.max(1, (double) time.toMillis() / pipeline.cadence().toMillis());
    }

    private Optional<Rotation> rotation(Season season, List<List<Wave>> factors) {
        return AnnualCycle.of(feature, season)
                .map(cycle -> new Rotation(
                        factors.indexOf(List.of(new Wave(season, 1, false))),
                        factors.indexOf(List.of(new Wave(season, 1, true))),
                        2 * Math.PI * cycle.axis().toMillis() / cycle.period().toMillis()));
    }

    int terms() {
        return deviations.length;
    }

    /// Λ = σ²·(rows that tell as much as one independent row)/(prior variance).
    ///
    /// @param error σ, standard deviation of a reading from the mean
    double[] ridge(double error) {
        double[] ridge = new double[deviations.length];
        for (int i = 0; i < ridge.length; i++) {
            ridge[i] = Math.max(SeasonalFit.FREE, error * error * correlated[i] / (deviations[i] * deviations[i]));
        }
        return ridge;
    }

    /// A row of terms in the frame of the prior; its argument is not modified.
    double[] rotated(double[] terms) {
        return turned(terms, 1);
    }

    /// Coefficients of the terms from those in the frame of the prior.
    double[] unrotated(double[] coefficients) {
        return turned(coefficients, -1);
    }

    private double[] turned(double[] vector, int direction) {
        double[] turned = vector.clone();
        for (Rotation rotation : rotations) {
            double cos = StrictMath.cos(direction * rotation.angle());
            double sin = StrictMath.sin(direction * rotation.angle());
            turned[rotation.cosine()] = cos * vector[rotation.cosine()] + sin * vector[rotation.sine()];
            turned[rotation.sine()] = cos * vector[rotation.sine()] - sin * vector[rotation.cosine()];
        }
        return turned;
    }
}
