package io.aerocast.api.http;

import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The fields of a JSON request, read strictly: unknown fields, texts in place of numbers and `NaN` are invalid. A
/// field that is `null` counts as absent.
public final class RequestFields {

    /// Every one of the possible values of a parameter.
    public static final String ALL = "all";

    private static final int LONGEST_TEXT = 128;
    private static final int LONGEST_QUOTE = 40;
    private static final Instant EARLIEST = Instant.parse("1800-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final JsonNode body;

    private RequestFields(JsonNode body) {
        this.body = body;
    }

    /// The fields of a body.
    ///
    /// @param known the fields of the endpoint
    /// @throws Problem 400 if it is not a JSON object or has an unknown field
    public static RequestFields of(JsonNode body, Set<String> known) {
        if (!body.isObject()) {
            throw Problem.invalid("Expected a JSON object, found %s".formatted(quoted(body)));
        }
        Set<String> unknown = new TreeSet<>(body.propertyNames());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw Problem.invalid("Expected fields among %s, found %s"
                    .formatted(new TreeSet<>(known), abbreviated(unknown.toString())));
        }
        return new RequestFields(body);
    }

    /// A required field of any type.
    public JsonNode required(String name) {
        JsonNode value = find(name);
        if (value == null) {
            throw Problem.invalid("Field '%s' is missing".formatted(name));
        }
        return value;
    }

    /// A short text without control characters, or `null` if absent.
    public @Nullable String text(String name) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        String text = value.isString() ? value.stringValue() : "";
        if (text.isBlank() || text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            throw unexpected(name, "a text of 1 to %d characters".formatted(LONGEST_TEXT), value);
        }
        return text;
    }

    /// A pipeline by name, or `null` if absent.
    public @Nullable Pipeline pipeline(String name, Pipelines pipelines) {
        String value = text(name);
        return value == null ? null : pipeline(name, value, pipelines);
    }

    /// The pipeline that a field or a query parameter names.
    ///
    /// @throws Problem 400 if there is none
    public static Pipeline pipeline(String name, String value, Pipelines pipelines) {
        return pipelines
                .find(value)
                .orElseThrow(() -> Problem.invalid("Field '%s': expected one of %s, found '%s'"
                        .formatted(
                                name,
                                pipelines.all().stream().map(Pipeline::name).toList(),
                                abbreviated(value))));
    }

    /// A text among others, or a default if absent.
    public String oneOf(String name, Collection<String> allowed, String otherwise) {
        String value = text(name);
        return value == null ? otherwise : oneOf(name, value, allowed);
    }

    /// The value of a field or a query parameter.
    ///
    /// @throws Problem 400 if it is not among the allowed ones
    public static String oneOf(String name, String value, Collection<String> allowed) {
        if (!allowed.contains(value)) {
            throw Problem.invalid(
                    "Field '%s': expected one of %s, found '%s'".formatted(name, allowed, abbreviated(value)));
        }
        return value;
    }

    /// A required finite number.
    public double number(String name) {
        return finite(name, required(name));
    }

    /// A positive integer, or a default if absent.
    private int positive(String name, int otherwise) {
        JsonNode value = find(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isInt() || value.intValue() < 1) {
            throw unexpected(name, "a whole number of at least 1", value);
        }
        return value.intValue();
    }

    /// A horizon of a pipeline, by default the first.
    public int horizon(String name, Pipeline pipeline) {
        int steps = positive(name, pipeline.horizons().getFirst());
        if (!pipeline.horizons().contains(steps)) {
            throw Problem.invalid("Field '%s': expected one of %s for pipeline %s, found %d"
                    .formatted(name, pipeline.horizons(), pipeline.name(), steps));
        }
        return steps;
    }

    /// Horizons of a pipeline, as a list or as `all`; none if absent.
    public List<Integer> horizons(String name, Pipeline pipeline) {
        JsonNode value = find(name);
        if (value == null) {
            return List.of();
        }
        if (value.isString() && value.stringValue().equals(ALL)) {
            return pipeline.horizons();
        }
        List<Integer> horizons = new ArrayList<>();
        for (JsonNode each : value) {
            horizons.add(each.isInt() ? each.intValue() : -1);
        }
        if (!value.isArray()
                || horizons.isEmpty()
                || horizons.size() > pipeline.horizons().size()
                || !pipeline.horizons().containsAll(horizons)) {
            throw unexpected(
                    name, "'all' or some of %s for pipeline %s".formatted(pipeline.horizons(), pipeline.name()), value);
        }
        return List.copyOf(horizons);
    }

    /// A time, or `null` if absent.
    public @Nullable Instant time(String name) {
        JsonNode value = find(name);
        return value == null ? null : time(name, value.isString() ? value.stringValue() : "", quoted(value));
    }

    /// The time in a query parameter.
    ///
    /// @throws Problem 400 if it is none
    public static Instant time(String name, String value) {
        return time(name, value, "'%s'".formatted(abbreviated(value)));
    }

    private static Instant time(String name, String value, String quoted) {
        try {
            Instant time = Instant.parse(value);
            if (time.isAfter(EARLIEST) && time.isBefore(LATEST)) {
                return time;
            }
        } catch (DateTimeParseException _) {
            // reported below
        }
        throw Problem.invalid(
                "Field '%s': expected an ISO-8601 time between the years 1800 and 2200 such as 2013-07-01T12:00:00Z, found %s"
                        .formatted(name, quoted));
    }

    /// The horizons in a query parameter.
    ///
    /// @param value a number of steps, `all`, or `null` for those by default
    /// @throws Problem 400 if it is none of the pipeline's
    public static List<Integer> horizons(
            String name, @Nullable String value, Pipeline pipeline, List<Integer> otherwise) {
        if (value == null) {
            return otherwise;
        }
        if (value.equals(ALL)) {
            return pipeline.horizons();
        }
        return pipeline.horizons().stream()
                .filter(steps -> value.equals(String.valueOf(steps)))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> Problem.invalid("Field '%s': expected one of %s or 'all' for pipeline %s, found '%s'"
                        .formatted(name, pipeline.horizons(), pipeline.name(), abbreviated(value))));
    }

    /// A finite number.
    ///
    /// @param name name in the message
    /// @throws Problem 400 for any other value
    public static double finite(String name, JsonNode value) {
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw unexpected(name, "a finite number", value);
        }
        return value.doubleValue();
    }

    /// A value for a message, truncated.
    public static String quoted(JsonNode value) {
        return abbreviated(value.toString());
    }

    private @Nullable JsonNode find(String name) {
        JsonNode value = body.path(name);
        return value.isMissingNode() || value.isNull() ? null : value;
    }

    private static Problem unexpected(String name, String expected, JsonNode found) {
        return Problem.invalid("Field '%s': expected %s, found %s".formatted(name, expected, quoted(found)));
    }

    private static String abbreviated(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
