package io.aerocast.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The pipelines of a system, by name. The built-in ones (`noaa`, `sim`) are a JSON resource; a file of the same
/// format replaces them, so that a new pipeline needs no Java.
public final class Pipelines {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Map<String, Pipeline> byName;

    private Pipelines(List<Pipeline> pipelines) {
        byName = pipelines.stream()
                .collect(Collectors.toMap(
                        Pipeline::name, Function.identity(), Pipelines::duplicate, LinkedHashMap::new));
    }

    /// Pipelines defined in code.
    public static Pipelines of(Pipeline... pipelines) {
        return new Pipelines(List.of(pipelines));
    }

    /// The pipelines that AeroCast ships: `noaa` and `sim`.
    public static Pipelines builtIn() {
        try (InputStream in = Pipelines.class.getResourceAsStream("pipelines.json")) {
            if (in == null) {
                throw new IllegalStateException("The resource pipelines.json is missing from common-model");
            }
            return new Pipelines(parse(in.readAllBytes(), "pipelines.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads pipelines from a JSON file: an array of objects with `name`, `features`, `cadence` (ISO-8601),
    /// `lookback`, `horizons` and, where the target follows cycles, `seasons` (`period` in ISO-8601, `harmonics`).
    /// A feature may have `quality` (`spike`, `step`, `stuck`; see [QualityLimits]).
    ///
    /// @throws IllegalArgumentException if the file cannot be read or a pipeline in it is not valid
    public static Pipelines read(Path file) {
        try {
            return new Pipelines(parse(Files.readAllBytes(file), file.toString()));
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read pipelines from %s: %s".formatted(file, e), e);
        }
    }

    /// Finds a pipeline by its name.
    public Optional<Pipeline> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// Finds a pipeline by its name.
    ///
    /// @throws IllegalArgumentException if it does not exist; the message names those that do
    public Pipeline require(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Unknown pipeline '%s' (known: %s)".formatted(name, String.join(", ", byName.keySet()))));
    }

    /// All pipelines, in the order of definition.
    public Collection<Pipeline> all() {
        return byName.values();
    }

    private static List<Pipeline> parse(byte[] json, String origin) {
        try {
            return List.of(MAPPER.readValue(json, Pipeline[].class));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "Cannot read pipelines from %s: %s".formatted(origin, e.getOriginalMessage()), e);
        }
    }

    private static Pipeline duplicate(Pipeline first, Pipeline second) {
        throw new IllegalArgumentException("Two pipelines are named '%s'".formatted(first.name()));
    }
}
