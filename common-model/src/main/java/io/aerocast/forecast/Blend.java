package io.aerocast.forecast;

import io.aerocast.event.Checksum;
import io.aerocast.pipeline.Pipeline;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Combines the models of one feature of one station, and persistence: at each horizon the weights that would have
/// had the smallest mean squared error so far, see [SimplexMinimum]. The weights follow the errors that have come
/// true at this station, see [PartErrors].
///
/// **The delay.** A forecast h steps ahead has an error once its target has been observed, h steps later. Until
/// then the forecast is kept, and no weight depends on it.
///
/// **A new version** of a part starts with the errors of its validation. The errors of every two parts are compared
/// over the time in which both were at work, so a new version is compared with the others under the same weather.
///
/// Not safe for use by several threads.
final class Blend {

    private static final List<String> PARTS = ErrorMatrix.PARTS;
    private static final int PERSISTENCE = ErrorMatrix.PERSISTENCE;

    /// Hexadecimal digits of the hash in a version, as of a commit.
    private static final int HASH = 7;

    private final Pipeline view;
    private final List<Integer> horizons;
    private final @Nullable Part[] parts = new Part[PERSISTENCE];
    private final NavigableMap<Instant, Pending> pending = new TreeMap<>();
    private @Nullable ErrorMatrix matrix;

    /// A kind of model at work.
    ///
    /// @param assumed shape [horizons], ratio of root mean squared errors to persistence on the validation data
    /// @param errors shape [horizons], since the part began to forecast
    private record Part(double[] assumed, PartErrors[] errors) {}

    /// The forecasts from one origin.
    ///
    /// @param persistence the latest reading
    /// @param values shape [trained kinds][horizons]; `null` for a kind that could not forecast
    /// @param observed shape [horizons], whether the target has been observed
    private record Pending(double persistence, double[] @Nullable [] values, boolean[] observed) {}

    Blend(Pipeline view) {
        this.view = view;
        this.horizons = view.horizons();
    }

    /// The version of a blend: the time of its newest part, and a hash of the versions of all parts.
    ///
    /// @param versions by kind, at least one
    static String version(Map<String, String> versions) {
        String newest = versions.values().stream()
                .map(version -> version.split("-", 2)[0])
                .max(Comparator.naturalOrder())
                .orElseThrow();
        String parts = new TreeMap<>(versions)
                .entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining("\n"));
        String hash = Checksum.of(parts.getBytes(StandardCharsets.UTF_8));
        return newest + "-" + hash.substring(0, HASH);
    }

    /// Adds a part, or restarts it with a new version.
    void start(ModelCard card) {
        ValidationErrors validation = new ValidationErrors(card);
        PartErrors[] errors = horizons.stream()
                .map(horizon -> new PartErrors(PARTS.size(), horizon, validation.persistenceSquare(horizon)))
                .toArray(PartErrors[]::new);
        double[] assumed = horizons.stream().mapToDouble(validation::ratio).toArray();
        replace(PARTS.indexOf(card.model()), new Part(assumed, errors));
    }

    /// Removes a part.
    void stop(String kind) {
        replace(PARTS.indexOf(kind), null);
    }

    /// Takes over a part that another blend of the same station has followed, with its open forecasts.
    void take(String kind, Blend other) {
        int part = PARTS.indexOf(kind);
        replace(part, other.parts[part]);
        pending.forEach((origin, each) -> {
            Pending followed = other.pending.get(origin);
            each.values[part] = followed == null ? null : followed.values[part];
        });
    }

    private void replace(int part, @Nullable Part by) {
        parts[part] = by;
        matrix = null;
        pending.values().forEach(each -> each.values[part] = null);
    }

    /// Learns from an observed value; call it before the forecast from this grid time. Of several readings for one
    /// grid time the first one counts.
    ///
    /// @param slot grid time
    /// @param actual the target's reading; `NaN` where it is missing
    void observe(Instant slot, double actual) {
        for (int h = 0; h < horizons.size() && !Double.isNaN(actual); h++) {
            Pending issued = pending.get(view.after(slot, -horizons.get(h)));
            if (issued != null && !issued.observed[h]) {
                issued.observed[h] = true;
                learn(h, issued, actual);
            }
        }
    }

    /// A part that could not forecast counts as persistence among the errors of the others; it learns nothing
    /// itself.
    private void learn(int h, Pending issued, double actual) {
        double[] errors = new double[PARTS.size()];
        Arrays.fill(errors, issued.persistence - actual);
        for (int part = 0; part < PERSISTENCE; part++) {
            double[] values = issued.values[part];
            if (values != null) {
                errors[part] = values[h] - actual;
            }
        }
        for (int part = 0; part < PERSISTENCE; part++) {
            Part known = parts[part];
            if (known != null && issued.values[part] != null) {
                known.errors[h].add(errors);
            }
        }
        matrix = null;
    }

    /// Combines the forecasts from one origin, and keeps them until their targets have been observed. Keeps only
    /// origins at most one largest horizon older than the newest; ignores a second forecast from the same origin.
    ///
    /// @param persistence the latest reading
    /// @param forecasts by kind, shape [horizons] each; not empty
    Prediction combine(Instant origin, double persistence, Map<String, Prediction> forecasts) {
        double[] @Nullable [] values = new double[PERSISTENCE][];
        forecasts.forEach((kind, forecast) -> values[PARTS.indexOf(kind)] = forecast.value());
        pending.putIfAbsent(origin, new Pending(persistence, values, new boolean[horizons.size()]));
        Instant oldest = view.after(pending.lastKey(), -horizons.getLast());
        pending.headMap(oldest, false).clear();
        return matrix().combine(persistence, forecasts);
    }

    /// The errors of the parts at work.
    ErrorMatrix matrix() {
        if (matrix == null) {
            matrix = measured();
        }
        return matrix;
    }

    private ErrorMatrix measured() {
        double[][][] moments = new double[horizons.size()][][];
        for (int h = 0; h < moments.length; h++) {
            moments[h] = moments(h);
        }
        boolean[] atWork = new boolean[PARTS.size()];
        atWork[PERSISTENCE] = true;
        for (int part = 0; part < PERSISTENCE; part++) {
            atWork[part] = parts[part] != null;
        }
        return new ErrorMatrix(atWork, moments);
    }

    private double[][] moments(int h) {
        double[][] moments = new double[PARTS.size()][PARTS.size()];
        moments[PERSISTENCE][PERSISTENCE] = 1;
        for (int a = 0; a < PERSISTENCE; a++) {
            Part part = parts[a];
            if (part != null) {
                moments[a][a] = part.errors[h].relativeSquare(a, part.assumed[h]);
                for (int b = 0; b < a; b++) {
                    setProduct(moments, a, b, correlation(part, a, b, h));
                }
                setProduct(moments, a, PERSISTENCE, part.errors[h].correlation(a, PERSISTENCE, part.assumed[h], 1));
            }
        }
        return moments;
    }

    /// Over the time of the younger part.
    private double correlation(Part part, int a, int b, int h) {
        Part other = parts[b];
        if (other == null) {
            return 0;
        }
        PartErrors shared = part.errors[h].count() <= other.errors[h].count() ? part.errors[h] : other.errors[h];
        return shared.correlation(a, b, part.assumed[h], other.assumed[h]);
    }

    private static void setProduct(double[][] moments, int a, int b, double correlation) {
        moments[a][b] = correlation * Math.sqrt(moments[a][a] * moments[b][b]);
        moments[b][a] = moments[a][b];
    }
}
