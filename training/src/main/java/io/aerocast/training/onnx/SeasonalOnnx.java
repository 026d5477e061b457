package io.aerocast.training.onnx;

import static io.aerocast.training.onnx.OnnxGraph.attribute;
import static io.aerocast.training.onnx.OnnxGraph.type;

import io.aerocast.forecast.AnomalyTerms;
import io.aerocast.forecast.SeasonalMean;
import io.aerocast.forecast.SeasonalModel;
import io.aerocast.forecast.Trend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import onnx.Onnx.TensorProto.DataType;

/// The graph of a [SeasonalModel] as fitted: the seasonal mean at the times of rows and horizons, the anomalies
/// with missing readings filled, the terms and the autoregression; all in double precision. Without an origin the
/// outputs are `NaN`.
final class SeasonalOnnx {

    private static final DataType DOUBLE = DataType.DOUBLE;

    private final SeasonalModel model;
    private final SeasonalMean mean;
    private final AnomalyTerms terms;
    private final int rows;
    private final int horizons;
    private final OnnxGraph graph;
    private final String lookback;
    private final OnnxTimes times;

    private SeasonalOnnx(SeasonalModel model, OnnxGraph graph) {
        this.model = model;
        this.mean = model.mean();
        this.terms = model.terms();
        this.rows = terms.rows();
        this.horizons = model.card().horizons().size();
        this.graph = graph;
        this.lookback = graph.input(
                "lookback",
                DOUBLE,
                model.card().lookback(),
                model.card().features().size());
        this.times = new OnnxTimes(graph);
    }

    /// Adds the inputs and all operators up to the forecast.
    ///
    /// @return the forecast, shape [batch, horizons]
    static String add(SeasonalModel model, OnnxGraph graph) {
        return new SeasonalOnnx(model, graph).forecast();
    }

    private String forecast() {
        String normal = normal();
        String anomalies = anomalies(graph.slice("normalBefore", normal, 1, 0, rows));
        String newest = graph.slice("newestAnomalies", anomalies, 1, rows - 1, rows);
        String anomaly = target("anomaly", newest);
        String weights = graph.doubles(
                "weights",
                Arrays.stream(model.weights()).flatMapToDouble(Arrays::stream).toArray(),
                terms.size(),
                horizons);
        String change = graph.add("MatMul", "change", List.of(terms(filled(anomalies)), weights));
        String expected = graph.add("Add", "expectedAnomaly", List.of(anomaly, change));
        String ahead = target("normalAhead", graph.slice("normalsAhead", normal, 1, rows, rows + horizons));
        // The node's name is part of the exported bytes, which stay the same across versions.
        String forecast = graph.add("Add", "told", List.of(ahead, expected));
        return times.whereKnown("forecast", forecast, 2, Double.NaN);
    }

    /// The target's column: shape [batch, times].
    private String target(String name, String values) {
        String first = graph.longs(name + ".feature", new long[] {0});
        return graph.add("Gather", name, List.of(values, first), attribute("axis", 2L));
    }

    /// The seasonal mean at the times of the rows, oldest first, and of the horizons: shape
    /// [batch, rows + horizons, features].
    private String normal() {
        long cadence = terms.cadence().toMillis();
        long[] steps = LongStream.concat(
                        LongStream.rangeClosed(1 - rows, 0),
                        model.card().horizons().stream().mapToLong(horizon -> horizon))
                .toArray();
        String time = times.at(
                "time", Arrays.stream(steps).map(step -> step * cadence).toArray());
        List<String> parts =
                new ArrayList<>(List.of(new OnnxBasis(graph, times).add("season", mean.basis(), time, steps.length)));
        Trend trend = mean.trend();
        if (trend != null) {
            parts.add(trend(trend, time));
        }
        String values = graph.add("Concat", "meanTerms", parts, attribute("axis", 2L));
        return graph.add("MatMul", "normal", List.of(values, coefficients()));
    }

    /// Shape [terms, features].
    private String coefficients() {
        int features = mean.features();
        int size = mean.coefficients().getFirst().length;
        double[] transposed = new double[size * features];
        Arrays.setAll(transposed, i -> mean.coefficients().get(i % features)[i / features]);
        return graph.doubles("coefficients", transposed, size, features);
    }

    /// Shape [batch, times, terms].
    private String trend(Trend trend, String time) {
        String from = graph.longs("trend.from", new long[] {trend.from().toEpochMilli()});
        String since = graph.add("Sub", "trend.since", List.of(time, from));
        String exact = graph.add("Cast", "trend.millis", List.of(since), type(DOUBLE));
        String span = graph.doubles("trend.span", new double[] {trend.span().toMillis()});
        String now = graph.add("Div", "trend.now", List.of(exact, span));
        if (trend.changepoints() == 0) {
            return now;
        }
        double[] changepoints = new double[trend.changepoints()];
        Arrays.setAll(changepoints, i -> trend.changepoint(i + 1));
        String starts = graph.doubles("trend.changepoints", changepoints, changepoints.length);
        String after = graph.add("Sub", "trend.after", List.of(now, starts));
        String bends = graph.add("Relu", "trend.bends", List.of(after));
        return graph.add("Concat", "trend", List.of(now, bends), attribute("axis", 2L));
    }

    /// Shape [batch, rows, features], oldest first; `NaN` where a reading is missing.
    private String anomalies(String normal) {
        int steps = model.card().lookback();
        String newest = graph.slice("newestRows", lookback, 1, steps - rows, steps);
        String readings = graph.slice("readings", newest, 2, 0, mean.features());
        return graph.add("Sub", "anomalies", List.of(readings, normal));
    }

    /// Fills missing readings with the anomaly of the reading before, otherwise of the first present reading,
    /// otherwise with 0: anomalies padded with a 0 on both sides, picked by position.
    private String filled(String anomalies) {
        String missing = graph.add("IsNaN", "missing", List.of(anomalies));
        String zero = graph.doubles("zero", new double[] {0});
        String known = graph.add("Where", "known", List.of(missing, zero, anomalies));
        String around = graph.longs("around", new long[] {0, 1, 0, 0, 1, 0}, 6);
        String padded = graph.add("Pad", "padded", List.of(known, around));
        String latest = LatestReadings.positions(graph, missing, rows);
        String last = graph.longs("afterAll", new long[] {rows + 1});
        String candidates = graph.add("Where", "candidates", List.of(missing, last, LatestReadings.STEPS));
        String first = graph.add(
                "ReduceMin",
                "firstKnown",
                List.of(candidates),
                attribute("axes", new long[] {1}),
                attribute("keepdims", 1L));
        String none = graph.longs("noPosition", new long[] {0});
        String early = graph.add("Equal", "early", List.of(latest, none));
        String position = graph.add("Where", "position", List.of(early, first, latest));
        return graph.add("GatherElements", "filled", List.of(padded, position), attribute("axis", 1L));
    }

    /// Terms of the autoregression, in the order of [AnomalyTerms]: shape [batch, terms].
    private String terms(String filled) {
        String origin = times.at("originTime", new long[] {0});
        String waves = new OnnxBasis(graph, times).add("wave", terms.waves(), origin, 1);
        String flat = graph.longs("wave.flat", new long[] {0, terms.waves().size()}, 2);
        List<String> parts = new ArrayList<>(List.of(graph.add("Reshape", "wavesAtOrigin", List.of(waves, flat))));
        String target = target("targetAnomalies", filled);
        if (terms.differences() > 0) {
            String later = newestFirst("later", target, LongStream.range(0, terms.differences()));
            String earlier = newestFirst("earlier", target, LongStream.rangeClosed(1, terms.differences()));
            parts.add(graph.add("Sub", "differences", List.of(later, earlier)));
        }
        if (terms.level()) {
            parts.add(newestFirst("level", target, LongStream.of(0)));
        }
        if (terms.features() > 1 && !terms.lags().isEmpty()) {
            parts.add(lagged(filled));
        }
        if (terms.modulations() > 0 && terms.modulated() > 0) {
            parts.add(modulated(parts.getFirst(), target, filled));
        }
        return graph.add("Concat", "terms", parts, attribute("axis", 1L));
    }

    /// The newest anomalies times the first waves: shape [batch, modulated·modulations].
    private String modulated(String waves, String target, String filled) {
        List<String> parts = new ArrayList<>();
        if (terms.differences() > 0) {
            String newest = newestFirst("modulated.newest", target, LongStream.of(0));
            String before = newestFirst("modulated.before", target, LongStream.of(1));
            parts.add(graph.add("Sub", "modulated.difference", List.of(newest, before)));
        }
        if (terms.level()) {
            parts.add(newestFirst("modulated.level", target, LongStream.of(0)));
        }
        if (terms.features() > 1) {
            String features = graph.slice("modulated.features", filled, 2, 1, terms.features());
            String newest = newestFirst("modulated.others", features, LongStream.of(0));
            String flat = graph.longs("modulated.flat", new long[] {0, terms.features() - 1L}, 2);
            parts.add(graph.add("Reshape", "modulated.other", List.of(newest, flat)));
        }
        String anomalies = graph.add("Concat", "modulated", parts, attribute("axis", 1L));
        String column = graph.longs("modulated.column", new long[] {0, terms.modulated(), 1}, 3);
        String row = graph.longs("modulated.row", new long[] {0, 1, terms.modulations()}, 3);
        String first = graph.slice("modulating", waves, 1, 1, 1 + terms.modulations());
        String each = graph.add(
                "Mul",
                "modulations",
                List.of(
                        graph.add("Reshape", "modulated.each", List.of(anomalies, column)),
                        graph.add("Reshape", "modulating.each", List.of(first, row))));
        String all = graph.longs("modulations.flat", new long[] {0, (long) terms.modulated() * terms.modulations()}, 2);
        return graph.add("Reshape", "modulations.all", List.of(each, all));
    }

    /// Shape [batch, (features - 1)·lags].
    private String lagged(String filled) {
        int others = terms.features() - 1;
        String features = graph.slice("others", filled, 2, 1, terms.features());
        String lags = newestFirst("lags", features, terms.lags().stream().mapToLong(lag -> lag));
        String byFeature = graph.add("Transpose", "byFeature", List.of(lags), attribute("perm", new long[] {0, 2, 1}));
        String flat = graph.longs(
                "lagged.flat", new long[] {0, (long) others * terms.lags().size()}, 2);
        return graph.add("Reshape", "lagged", List.of(byFeature, flat));
    }

    /// @param ages of the rows to pick, in steps before the newest
    private String newestFirst(String name, String values, LongStream ages) {
        long[] positions = ages.map(age -> rows - 1 - age).toArray();
        String picked = graph.longs(name + ".rows", positions, positions.length);
        return graph.add("Gather", name, List.of(values, picked), attribute("axis", 1L));
    }
}
