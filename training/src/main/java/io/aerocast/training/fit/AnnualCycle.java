package io.aerocast.training.fit;

import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Season;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The usual annual cycle of a quantity, as a prior for stations with little data: Gaussian, with mean 0, since a
/// pipeline does not tell the hemisphere or the latitude. It says how large a cycle may be, and on which axis
/// of the year the maximum and the minimum lie: those of the temperature at the middle latitudes follow the
/// solstices by a month, on the one hemisphere as the maximum and on the other as the minimum.
///
/// The resource `climatology.json` was learnt from typical years of stations that are not in the benchmark;
/// `benchmarks/peers/climatology.py` has the sources and computes it.
///
/// @param feature the name of the feature that it is of
/// @param unit the feature's unit, and that of all deviations
/// @param period the length of the cycle
/// @param stations number of stations that it was learnt from
/// @param axis time from the start of a cycle to an extreme of its first harmonic
/// @param along standard deviation of the first harmonic along the axis
/// @param across standard deviation of the first harmonic a quarter of a cycle off the axis
/// @param harmonics standard deviations of the cosine and the sine of the second and the further harmonics
/// @param products standard deviations of the products with the waves of a shorter season, shape [harmonics of the
///     cycle][harmonics of the shorter season]
/// @param slow time whose readings tell as much about the cycle as one independent reading: weather lasts for days
/// @param daily the same for the products
record AnnualCycle(
        String feature,
        String unit,
        Duration period,
        int stations,
        Duration axis,
        double along,
        double across,
        List<Double> harmonics,
        List<List<Double>> products,
        Duration slow,
        Duration daily) {

    private static final List<AnnualCycle> KNOWN = read();

    AnnualCycle {
        if (!period.isPositive() || !slow.isPositive() || !daily.isPositive() || !(along > 0) || !(across > 0)) {
            throw new IllegalArgumentException(
                    "The annual cycle of %s needs positive times and deviations".formatted(feature));
        }
        if (harmonics.isEmpty() || products.isEmpty() || products.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException(
                    "The annual cycle of %s needs deviations of harmonics and products".formatted(feature));
        }
        harmonics = List.copyOf(harmonics);
        products = products.stream().map(List::copyOf).toList();
    }

    /// What the climatology knows of a feature over a season.
    static Optional<AnnualCycle> of(Feature feature, Season season) {
        return KNOWN.stream()
                .filter(cycle -> cycle.feature().equals(feature.name())
                        && cycle.unit().equals(feature.unit())
                        && cycle.period().equals(season.period()))
                .findFirst();
    }

    /// Standard deviation of a wave of the cycle, the first harmonic's in the rotated frame.
    double deviation(int harmonic, boolean sine) {
        return harmonic == 1 ? sine ? across : along : last(harmonics, harmonic - 2);
    }

    /// Standard deviation of the product of a wave of the cycle and one of a shorter season.
    double deviation(int harmonic, int shorter) {
        return last(last(products, harmonic - 1), shorter - 1);
    }

    private static <T> T last(List<T> values, int at) {
        return values.get(Math.min(at, values.size() - 1));
    }

    private static List<AnnualCycle> read() {
        try (InputStream in = AnnualCycle.class.getResourceAsStream("climatology.json")) {
            if (in == null) {
                throw new IllegalStateException("The resource climatology.json is missing from training");
            }
            return List.of(JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build()
                    .readValue(in.readAllBytes(), AnnualCycle[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
