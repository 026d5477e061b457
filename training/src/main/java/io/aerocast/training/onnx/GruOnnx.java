package io.aerocast.training.onnx;

import static io.aerocast.training.onnx.OnnxGraph.attribute;
import static io.aerocast.training.onnx.OnnxGraph.type;

import io.aerocast.forecast.GruKernel;
import io.aerocast.forecast.GruMember;
import io.aerocast.forecast.GruModel;
import io.aerocast.forecast.InputEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import onnx.Onnx.TensorProto.DataType;

/// The graph of a [GruModel]. Scaling, missing readings, changes and times are part of it.
///
/// The recurrent layers are the operator `GRU` in single precision, because runtimes implement no other; the rest
/// is in double precision. The graph has the input `origin` only if the model has cycles.
final class GruOnnx {

    private static final DataType DOUBLE = DataType.DOUBLE;

    private final GruModel model;
    private final InputEncoder encoder;
    private final int steps;
    private final int features;
    private final int horizons;
    private final OnnxGraph graph;

    private GruOnnx(GruModel model, OnnxGraph graph) {
        this.model = model;
        this.encoder = model.encoder();
        this.steps = model.card().lookback();
        this.features = encoder.features();
        this.horizons = model.card().horizons().size();
        this.graph = graph;
    }

    /// Adds the inputs and all operators up to the forecast.
    ///
    /// @return the forecast, shape [batch, horizons]
    static String add(GruModel model, OnnxGraph graph) {
        return new GruOnnx(model, graph).forecast();
    }

    private String forecast() {
        String lookback = graph.input("lookback", DOUBLE, steps, features);
        String inputs = encoded(lookback);
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < model.members().size(); i++) {
            outputs.add(member(i, model.members().get(i), inputs));
        }
        String sum = graph.add("Sum", "outputs", outputs);
        double members = model.members().size();
        double[] scale =
                Arrays.stream(model.changeScale()).map(each -> each / members).toArray();
        String latest = LatestReadings.ofTarget(graph, lookback, steps);
        String change = graph.add("Mul", "change", List.of(sum, graph.doubles("changeScale", scale, horizons)));
        return graph.add("Add", "forecast", List.of(latest, change));
    }

    /// Inputs of the members, in single precision: shape [steps, batch, inputs].
    private String encoded(String lookback) {
        String standardised = OnnxScaler.standardised(graph, encoder.scaler(), lookback, steps);
        List<String> parts = new ArrayList<>(List.of(standardised));
        if (encoder.changeDeviation().length > 0) {
            parts.add(changes(standardised));
        }
        if (!encoder.cycles().isEmpty()) {
            parts.add(times());
        }
        String encoded = graph.add("Concat", "encoded", parts, attribute("axis", 2L));
        String single = graph.add("Cast", "encodedSingle", List.of(encoded), type(DataType.FLOAT));
        return graph.add("Transpose", "inputs", List.of(single), attribute("perm", new long[] {1, 0, 2}));
    }

    /// Changes from the step before; 0 where no reading precedes the step, but only the mean.
    private String changes(String standardised) {
        double[] scale = new double[features];
        Arrays.setAll(scale, f -> encoder.scaler().deviation()[f] / encoder.changeDeviation()[f]);
        String later = graph.slice("later", standardised, 1, 1, steps);
        String earlier = graph.slice("earlier", standardised, 1, 0, steps - 1L);
        String difference = graph.add("Sub", "difference", List.of(later, earlier));
        String usual = graph.doubles("changeScaleOfInputs", scale, features);
        String scaled = graph.add("Mul", "scaledDifference", List.of(difference, usual));
        String positions = graph.slice("earlierPositions", LatestReadings.POSITIONS, 1, 0, steps - 1L);
        String none = graph.longs("noPosition", new long[] {0});
        String read = graph.add("Greater", "readBefore", List.of(positions, none));
        String change = graph.add("Where", "knownChange", List.of(read, scaled, "zero"));
        return graph.add("Pad", "changes", List.of(change, "before"));
    }

    /// Cosine and sine of each step's phase in each cycle: shape [batch, steps, 2·cycles].
    private String times() {
        OnnxTimes times = new OnnxTimes(graph);
        long cadence = encoder.cadence().toMillis();
        long[] offsets = new long[steps];
        Arrays.setAll(offsets, step -> (step + 1 - steps) * cadence);
        long[] periods = encoder.cycles().stream().mapToLong(Duration::toMillis).toArray();
        double[] turn = LongStream.of(periods)
                .mapToDouble(period -> 2 * Math.PI / period)
                .toArray();
        String divisors = graph.longs("periods", periods, periods.length);
        String phase = graph.add("Mod", "phase", List.of(times.at("time", offsets), divisors));
        return times.whereKnown("times", times.waves("waves", phase, steps, turn), 3, 0);
    }

    /// One member's outputs, in double precision: shape [batch, horizons].
    private String member(int index, GruMember member, String inputs) {
        String prefix = "member%d.".formatted(index);
        String sequence = inputs;
        int last = member.layers().size() - 1;
        for (int layer = 0; layer < last; layer++) {
            String states = layer(prefix + "gru" + layer, member.layers().get(layer), sequence, false);
            String direction = graph.longs(states + ".direction", new long[] {1}, 1);
            sequence = graph.add("Squeeze", states + ".sequence", List.of(states, direction));
        }
        String state = layer(prefix + "gru" + last, member.layers().get(last), sequence, true);
        String first = graph.longs(prefix + "layer", new long[] {0}, 1);
        String single = graph.add("Squeeze", prefix + "single", List.of(state, first));
        String units = graph.add("Cast", prefix + "units", List.of(single), type(DOUBLE));
        int hidden = member.layers().get(last).hidden();
        String weights = graph.doubles(prefix + "head.weights", member.head().weights(), hidden, horizons);
        String bias = graph.doubles(prefix + "head.bias", member.head().bias(), horizons);
        String product = graph.add("MatMul", prefix + "product", List.of(units, weights));
        return graph.add("Add", prefix + "outputs", List.of(product, bias));
    }

    /// @return the last state, shape [1, batch, hidden], or every state, shape [steps, 1, batch, hidden]
    private String layer(String name, GruKernel kernel, String sequence, boolean lastOnly) {
        int hidden = kernel.hidden();
        int inputs = kernel.inputs();
        double[] bias = new double[6 * hidden];
        System.arraycopy(gatesFirst(kernel.inputBias(), 1, hidden), 0, bias, 0, 3 * hidden);
        System.arraycopy(gatesFirst(kernel.recurrentBias(), 1, hidden), 0, bias, 3 * hidden, 3 * hidden);
        String w = graph.floats(name + ".W", gatesFirst(kernel.inputWeights(), inputs, hidden), 1, 3 * hidden, inputs);
        String r =
                graph.floats(name + ".R", gatesFirst(kernel.recurrentWeights(), hidden, hidden), 1, 3 * hidden, hidden);
        String b = graph.floats(name + ".B", bias, 1, 6 * hidden);
        graph.node(
                "GRU",
                List.of(sequence, w, r, b),
                lastOnly ? List.of("", name) : List.of(name),
                attribute("hidden_size", (long) hidden),
                attribute("linear_before_reset", 1L));
        return name;
    }

    /// From the kernel's [rows][gates r, z, n] to ONNX's [gates z, r, n][rows].
    private static double[] gatesFirst(double[] matrix, int rows, int hidden) {
        int[] gates = {1, 0, 2};
        double[] transposed = new double[matrix.length];
        for (int gate = 0; gate < 3; gate++) {
            for (int unit = 0; unit < hidden; unit++) {
                for (int row = 0; row < rows; row++) {
                    transposed[(gate * hidden + unit) * rows + row] =
                            matrix[row * 3 * hidden + gates[gate] * hidden + unit];
                }
            }
        }
        return transposed;
    }
}
