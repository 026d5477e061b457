package io.aerocast.benchmarks.predict;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto.DataType;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TensorShapeProto.Dimension;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/// Cuts the networks out of an exported model, from their encoded inputs to the sum of their outputs. Without the
/// scaling of readings, the filling of gaps, the encoding of time and the intervals.
final class Networks {

    /// The input: float [steps, 1, inputs].
    static final String INPUT = "inputs";

    private static final String OUTPUT = "outputs";

    private Networks() {}

    /// @param onnx an exported model
    /// @param inputs values per step that the networks see
    static byte[] of(byte[] onnx, int steps, int inputs) {
        try {
            ModelProto model = ModelProto.parseFrom(onnx);
            return model.toBuilder()
                    .setGraph(cut(model.getGraph(), steps, inputs))
                    .build()
                    .toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("This is no ONNX model", e);
        }
    }

    private static GraphProto cut(GraphProto whole, int steps, int inputs) {
        GraphProto.Builder part = GraphProto.newBuilder()
                .setName("networks")
                .addInput(value(INPUT, DataType.FLOAT, steps, 1, inputs))
                .addOutput(value(
                        OUTPUT,
                        DataType.DOUBLE,
                        1,
                        whole.getOutput(0)
                                .getType()
                                .getTensorType()
                                .getShape()
                                .getDim(1)
                                .getDimValue()));
        Set<String> reached = new HashSet<>(List.of(INPUT));
        Set<String> used = new HashSet<>();
        for (NodeProto node : whole.getNodeList()) {
            boolean behind = node.getInputList().stream().anyMatch(reached::contains);
            if (behind && !reached.contains(OUTPUT)) {
                part.addNode(node);
                reached.addAll(node.getOutputList().stream()
                        .filter(name -> !name.isEmpty())
                        .toList());
                used.addAll(node.getInputList());
            }
        }
        whole.getInitializerList().stream()
                .filter(each -> used.contains(each.getName()))
                .forEach(part::addInitializer);
        return part.build();
    }

    private static ValueInfoProto value(String name, DataType type, long... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (long size : shape) {
            dimensions.addDim(Dimension.newBuilder().setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(dimensions)))
                .build();
    }
}
