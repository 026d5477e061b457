package io.aerocast.ingest.noaa;

import io.aerocast.pipeline.Feature;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/// A quantity that the service measures and pipelines use, with the conversion of its units.
enum Quantity {
    TEMPERATURE(
            "temperature",
            "°C",
            "temperature",
            Map.of(
                    "wmoUnit:degC", DoubleUnaryOperator.identity(),
                    "wmoUnit:degF", fahrenheit -> (fahrenheit - 32) / 1.8,
                    "wmoUnit:K", kelvin -> kelvin - 273.15)),
    WINDSPEED(
            "windspeed",
            "m/s",
            "windSpeed",
            Map.of(
                    "wmoUnit:km_h-1", kilometresPerHour -> kilometresPerHour / 3.6,
                    "wmoUnit:m_s-1", DoubleUnaryOperator.identity(),
                    "wmoUnit:kt", knots -> knots * 1852 / 3600)),
    /// Reduced to sea level, as in the archives of airports.
    PRESSURE(
            "pressure",
            "hPa",
            "seaLevelPressure",
            Map.of("wmoUnit:Pa", pascal -> pascal / 100, "wmoUnit:hPa", DoubleUnaryOperator.identity()));

    private final String feature;
    private final String unit;
    private final String property;
    private final Map<String, DoubleUnaryOperator> units;

    Quantity(String feature, String unit, String property, Map<String, DoubleUnaryOperator> units) {
        this.feature = feature;
        this.unit = unit;
        this.property = property;
        this.units = units;
    }

    /// The quantity that provides a feature.
    static Optional<Quantity> of(Feature feature) {
        return Arrays.stream(values())
                .filter(q -> q.feature.equals(feature.name()) && q.unit.equals(feature.unit()))
                .findFirst();
    }

    /// The name of the feature.
    String feature() {
        return feature;
    }

    /// The name of the property in the service's records.
    String property() {
        return property;
    }

    /// Converts a value to the feature's unit.
    ///
    /// @throws IllegalArgumentException if the unit is unknown
    double convert(double value, String unitCode) {
        DoubleUnaryOperator conversion = units.get(unitCode);
        if (conversion == null) {
            throw new IllegalArgumentException("expected %s in one of %s, found '%s'"
                    .formatted(property, units.keySet().stream().sorted().toList(), unitCode));
        }
        return conversion.applyAsDouble(value);
    }
}
