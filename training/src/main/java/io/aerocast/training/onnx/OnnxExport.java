package io.aerocast.training.onnx;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.GruModel;
import io.aerocast.forecast.ModelCard;
import io.aerocast.forecast.RidgeModel;
import io.aerocast.forecast.SeasonalModel;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto.DataType;

/// Writes a model as an ONNX model (operator set 17). Inputs and outputs are in raw units: scaling, missing
/// readings and times are part of the graph.
///
/// | input | type and shape | content |
/// |---|---|---|
/// | `lookback` | double [batch, lookback, features] | rows, oldest first, raw units, `NaN` for a missing reading |
/// | `origin` | int64 [batch] | grid time of the last row, seconds since 1970-01-01T00:00Z, or [#UNKNOWN] |
///
/// | output | type and shape | content |
/// |---|---|---|
/// | `forecast` | double [batch, horizons] | forecasts in the target's unit |
/// | `lower`, `upper` | double [batch, horizons] | bounds of the prediction intervals |
///
/// The graph has the input `origin` only if the model uses times. Where the model cannot forecast, for example
/// without the latest reading of the target, the outputs are `NaN`. Equal models give equal bytes.
public final class OnnxExport {

    /// The `origin` of a window without times.
    public static final long UNKNOWN = Long.MIN_VALUE;

    private static final int OPERATOR_SET = 17;
    private static final int IR_VERSION = 8;

    private OnnxExport() {}

    /// The bytes of an `.onnx` file.
    public static byte[] write(ForecastModel model) {
        OnnxGraph graph = new OnnxGraph("%s %s %s"
                .formatted(
                        model.card().pipeline(),
                        model.card().model(),
                        model.card().version()));
        return switch (model) {
            case GruModel gru -> {
                addOutputs(graph, GruOnnx.add(gru, graph), gru.halfWidths());
                yield bytes(graph, gru.card(), gru.encoder().cadence());
            }
            case SeasonalModel seasonal -> {
                addOutputs(graph, SeasonalOnnx.add(seasonal, graph), seasonal.halfWidths());
                yield bytes(graph, seasonal.card(), seasonal.terms().cadence());
            }
            case RidgeModel ridge -> {
                addOutputs(graph, RidgeOnnx.add(ridge, graph), ridge.halfWidths());
                yield bytes(graph, ridge.card(), ridge.cadence());
            }
        };
    }

    private static void addOutputs(OnnxGraph graph, String forecast, double[] halfWidths) {
        String half = graph.doubles("halfWidths", halfWidths, halfWidths.length);
        String lower = graph.add("Sub", "lower", List.of(forecast, half));
        String upper = graph.add("Add", "upper", List.of(forecast, half));
        for (String output : List.of(forecast, lower, upper)) {
            graph.output(output, DataType.DOUBLE, halfWidths.length);
        }
    }

    private static byte[] bytes(OnnxGraph graph, ModelCard card, Duration cadence) {
        ModelProto.Builder proto = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("AeroCast")
                .setProducerVersion(card.aerocast())
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setGraph(graph.build());
        describe(proto, card, cadence);
        return proto.build().toByteArray();
    }

    private static void describe(ModelProto.Builder proto, ModelCard card, Duration cadence) {
        addMetadata(proto, "pipeline", card.pipeline());
        addMetadata(proto, "model", card.model());
        addMetadata(proto, "version", card.version());
        addMetadata(proto, "features", String.join(",", card.features()));
        addMetadata(
                proto, "horizons", card.horizons().stream().map(String::valueOf).collect(Collectors.joining(",")));
        addMetadata(proto, "cadence", cadence.toString());
        addMetadata(proto, "trainedAt", card.trainedAt().toString());
    }

    private static void addMetadata(ModelProto.Builder proto, String key, String value) {
        proto.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
    }
}
