package io.aerocast.training.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataType;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;

/// Builder of a graph of ONNX operators. Values have names; each method that adds a value returns its name.
final class OnnxGraph {

    private static final String BATCH = "batch";

    private final GraphProto.Builder graph = GraphProto.newBuilder();

    OnnxGraph(String name) {
        graph.setName(name);
    }

    GraphProto build() {
        return graph.build();
    }

    /// An input of shape [batch, shape…].
    String input(String name, DataType type, long... shape) {
        graph.addInput(value(name, type, shape));
        return name;
    }

    /// Makes a value an output of shape [batch, shape…].
    void output(String name, DataType type, long... shape) {
        graph.addOutput(value(name, type, shape));
    }

    /// Adds an operator with one output.
    ///
    /// @param name of the output
    String add(String operator, String name, List<String> inputs, AttributeProto... attributes) {
        node(operator, inputs, List.of(name), attributes);
        return name;
    }

    /// Adds an operator. An empty name is an omitted input or output.
    void node(String operator, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(outputs.getLast())
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(Arrays.asList(attributes)));
    }

    /// Adds the slice between two positions of one axis.
    ///
    /// @param from inclusive
    /// @param to exclusive
    String slice(String name, String value, int axis, long from, long to) {
        String starts = longs(name + ".from", new long[] {from}, 1);
        String ends = longs(name + ".to", new long[] {to}, 1);
        String axes = longs(name + ".axis", new long[] {axis}, 1);
        return add("Slice", name, List.of(value, starts, ends, axes));
    }

    String doubles(String name, double[] values, long... shape) {
        return constant(
                name,
                tensor(DataType.DOUBLE, shape)
                        .addAllDoubleData(DoubleStream.of(values).boxed().toList()));
    }

    String floats(String name, double[] values, long... shape) {
        return constant(
                name,
                tensor(DataType.FLOAT, shape)
                        .addAllFloatData(DoubleStream.of(values)
                                .mapToObj(value -> (float) value)
                                .toList()));
    }

    String longs(String name, long[] values, long... shape) {
        return constant(
                name,
                tensor(DataType.INT64, shape)
                        .addAllInt64Data(LongStream.of(values).boxed().toList()));
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto attribute(String name, long[] values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INTS)
                .addAllInts(LongStream.of(values).boxed().toList())
                .build();
    }

    static AttributeProto type(DataType type) {
        return attribute("to", type.getNumber());
    }

    private String constant(String name, TensorProto.Builder tensor) {
        graph.addInitializer(tensor.setName(name));
        return name;
    }

    private static TensorProto.Builder tensor(DataType type, long... shape) {
        return TensorProto.newBuilder()
                .setDataType(type.getNumber())
                .addAllDims(LongStream.of(shape).boxed().toList());
    }

    private static ValueInfoProto value(String name, DataType type, long... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH));
        LongStream.of(shape)
                .forEach(size -> dimensions.addDim(
                        TensorShapeProto.Dimension.newBuilder().setDimValue(size)));
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(dimensions)))
                .build();
    }
}
