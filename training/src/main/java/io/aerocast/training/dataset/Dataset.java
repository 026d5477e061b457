package io.aerocast.training.dataset;

import io.aerocast.event.Checksum;
import io.aerocast.pipeline.Pipeline;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Samples of one pipeline, ordered by the origin of their lookback.
///
/// @param pipeline what the samples are of
/// @param samples oldest origin first, at least one
/// @param from earliest observation time in the samples; [Instant#EPOCH] where they carry no times
/// @param to latest observation time in the samples, targets included; [Instant#EPOCH] where they carry no times
/// @param sha256 hash over the values of all samples, hexadecimal
public record Dataset(Pipeline pipeline, List<Sample> samples, Instant from, Instant to, String sha256) {

    public Dataset {
        samples = List.copyOf(samples);
        if (samples.isEmpty()) {
            throw new IllegalArgumentException(
                    "A dataset of pipeline %s needs at least one sample".formatted(pipeline.name()));
        }
        int features = pipeline.features().size();
        for (Sample sample : samples) {
            if (sample.lookback().features() != features) {
                throw new IllegalArgumentException(
                        "A dataset of pipeline %s needs windows of %d feature(s) %s, found %d"
                                .formatted(
                                        pipeline.name(),
                                        features,
                                        pipeline.featureNames(),
                                        sample.lookback().features()));
            }
        }
    }

    /// A dataset with the times and the hash of its samples.
    ///
    /// @param samples oldest origin first, at least one; targets shape [horizons of the pipeline]
    public static Dataset of(Pipeline pipeline, List<Sample> samples) {
        Instant from = samples.stream()
                .map(sample -> sample.first(pipeline))
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
        Instant to = samples.stream()
                .map(sample -> sample.last(pipeline))
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        return new Dataset(pipeline, samples, from, to, hash(samples));
    }

    /// Number of samples.
    public int size() {
        return samples.size();
    }

    /// The data for a fit: suspect readings become missing readings, and samples without enough readings left are
    /// dropped.
    ///
    /// @throws IllegalArgumentException if no sample is left
    public Dataset clean() {
        List<Sample> clean =
                samples.stream().map(Sample::clean).flatMap(Optional::stream).toList();
        if (clean.isEmpty()) {
            throw new IllegalArgumentException("Each of the %d samples of pipeline %s rests on suspect readings: %s"
                    .formatted(samples.size(), pipeline.name(), quality()));
        }
        return new Dataset(pipeline, clean, from, to, sha256);
    }

    /// These samples and later ones.
    ///
    /// @return with the hash of this dataset
    public Dataset followedBy(Dataset later) {
        List<Sample> both = new ArrayList<>(samples);
        both.addAll(later.samples);
        return new Dataset(pipeline, both, from, later.to, sha256);
    }

    /// The trustworthiness of the readings. Repeated samples count repeatedly.
    public Quality quality() {
        return Quality.of(pipeline, samples);
    }

    private static String hash(List<Sample> samples) {
        MessageDigest digest = Checksum.digest();
        for (Sample sample : samples) {
            for (double[] row : sample.lookback().rows()) {
                digest.update(bytes(row));
            }
            digest.update(bytes(sample.targets()));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] bytes(double[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Double.BYTES);
        for (double value : values) {
            buffer.putDouble(value); // NaN in its canonical form
        }
        return buffer.array();
    }
}
