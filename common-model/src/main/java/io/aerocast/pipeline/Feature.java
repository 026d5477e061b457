package io.aerocast.pipeline;

/// One measured quantity of a pipeline.
///
/// @param name the name on the wire, such as `temperature`
/// @param unit the unit of every value, such as `°C`
/// @param column the short name in training CSV headers, such as `temp` in `t0_temp`
/// @param minimum the smallest plausible value, in `unit`
/// @param maximum the largest plausible value, in `unit`
/// @param quality limits beyond which a plausible value is suspect; none where a pipelines file has none
public record Feature(String name, String unit, String column, double minimum, double maximum, QualityLimits quality) {

    private static final double NEGLIGIBLE = 0.001;

    public Feature {
        quality = quality == null ? QualityLimits.NONE : quality;
        if (name.isBlank() || column.isBlank()) {
            throw new IllegalArgumentException(
                    "A feature needs a name and a column, found name '%s' and column '%s'".formatted(name, column));
        }
        if (!(minimum < maximum)) {
            throw new IllegalArgumentException(
                    "Feature %s: the minimum %s must be below the maximum %s".formatted(name, minimum, maximum));
        }
    }

    /// A feature whose plausible values are never suspect.
    public Feature(String name, String unit, String column, double minimum, double maximum) {
        this(name, unit, column, minimum, maximum, QualityLimits.NONE);
    }

    /// A negligible difference, in `unit`: a thousandth of the plausible range; 0 where the range is unbounded.
    public double negligible() {
        double range = maximum - minimum;
        return Double.isFinite(range) ? NEGLIGIBLE * range : 0;
    }

    /// Whether a value is finite and within the plausible range.
    public boolean plausible(double value) {
        return value >= minimum && value <= maximum;
    }
}
