package io.aerocast.training.onnx;

import java.util.List;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto.DataType;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/// Inputs and outputs of an ONNX model, in the graph's order.
public record OnnxSignature(List<Field> inputs, List<Field> outputs) {

    public OnnxSignature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /// A named tensor.
    ///
    /// @param elementType NumPy name of the type: `float64` or `int64`
    /// @param shape sizes of the dimensions; -1 for the batch, which has any size
    public record Field(String name, String elementType, List<Long> shape) {

        public Field {
            shape = List.copyOf(shape);
        }

        private static Field of(ValueInfoProto value) {
            TypeProto.Tensor tensor = value.getType().getTensorType();
            List<Long> shape = tensor.getShape().getDimList().stream()
                    .map(dimension -> dimension.hasDimValue() ? dimension.getDimValue() : -1)
                    .toList();
            return new Field(value.getName(), elementType(value.getName(), tensor.getElemType()), shape);
        }

        private static String elementType(String name, int type) {
            return switch (DataType.forNumber(type)) {
                case DOUBLE -> "float64";
                case INT64 -> "int64";
                case null, default ->
                    throw new IllegalArgumentException(
                            "A model of AeroCast has tensors of doubles and int64, found element type %d for %s"
                                    .formatted(type, name));
            };
        }
    }

    /// Reads the signature of a model that [OnnxExport#write] wrote.
    ///
    /// @param onnx the bytes of an `.onnx` file
    /// @throws IllegalArgumentException if they hold no such model
    public static OnnxSignature of(byte[] onnx) {
        try {
            GraphProto graph = ModelProto.parseFrom(onnx).getGraph();
            return new OnnxSignature(
                    graph.getInputList().stream().map(Field::of).toList(),
                    graph.getOutputList().stream().map(Field::of).toList());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("Cannot read an ONNX model: " + e.getMessage(), e);
        }
    }
}
