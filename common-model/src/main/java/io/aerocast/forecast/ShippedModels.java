package io.aerocast.forecast;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/// The models that AeroCast ships, for forecasts before the first training: class path resources
/// `io/aerocast/forecast/shipped/<pipeline>-<feature>-<kind>.aerocast`.
public final class ShippedModels {

    private ShippedModels() {}

    /// The shipped artifact of a pipeline, see [ModelArtifact#read].
    ///
    /// @param feature name of the target
    /// @param kind one of [ModelKinds#TRAINED]
    /// @return empty if none is shipped
    public static Optional<byte[]> find(String pipeline, String feature, String kind) {
        String name = "shipped/%s-%s-%s.aerocast".formatted(pipeline, feature, kind);
        try (InputStream in = ShippedModels.class.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the shipped model " + name, e);
        }
    }
}
