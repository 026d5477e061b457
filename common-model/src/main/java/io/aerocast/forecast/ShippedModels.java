package io.aerocast.forecast;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/// The models that AeroCast ships, so that it can forecast before its first training: class path resources
/// `io/aerocast/forecast/shipped/<pipeline>-<kind>.aerocast`.
public final class ShippedModels {

    private ShippedModels() {}

    /// The artifact that is shipped for a pipeline, to be read by [ModelArtifact#read].
    ///
    /// @param kind one of [ModelKinds#ALL]
    /// @return empty where none is shipped
    public static Optional<byte[]> find(String pipeline, String kind) {
        String name = "shipped/%s-%s.aerocast".formatted(pipeline, kind);
        try (InputStream in = ShippedModels.class.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the shipped model " + name, e);
        }
    }
}
