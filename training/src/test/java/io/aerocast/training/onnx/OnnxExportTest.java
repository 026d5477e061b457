package io.aerocast.training.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.GruModel;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.forecast.RidgeModel;
import io.aerocast.forecast.SeasonalModel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxExportTest {

    private static final List<Duration> DAY = List.of(Duration.ofHours(24));

    @ParameterizedTest
    @ValueSource(strings = {GruModel.KIND, SeasonalModel.KIND, RidgeModel.KIND})
    void describesTheModelInItsMetadata(String kind) throws OrtException {
        try (OrtSession session = OnnxOracle.session(model(kind))) {
            assertThat(session.getMetadata().getProducerName()).isEqualTo("AeroCast");
            assertThat(session.getMetadata().getCustomMetadata())
                    .containsEntry("pipeline", "noaa")
                    .containsEntry("model", kind)
                    .containsEntry("version", "v1")
                    .containsEntry("features", "temperature,wind_speed,pressure")
                    .containsEntry("horizons", "1,6,24")
                    .containsEntry("cadence", "PT1H")
                    .containsEntry("trainedAt", "2026-01-01T00:00:00Z");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GruModel.KIND, SeasonalModel.KIND, RidgeModel.KIND})
    void theSignatureMatchesTheGraph(String kind) throws OrtException {
        ForecastModel model = model(kind);

        OnnxSignature signature = OnnxSignature.of(OnnxExport.write(model));

        assertThat(signature.inputs())
                .containsExactly(
                        new OnnxSignature.Field("lookback", "float64", List.of(-1L, (long) OnnxOracle.STEPS, 3L)),
                        new OnnxSignature.Field("origin", "int64", List.of(-1L)));
        assertThat(signature.outputs())
                .containsExactly(
                        new OnnxSignature.Field("forecast", "float64", List.of(-1L, 3L)),
                        new OnnxSignature.Field("lower", "float64", List.of(-1L, 3L)),
                        new OnnxSignature.Field("upper", "float64", List.of(-1L, 3L)));
        try (OrtSession session = OnnxOracle.session(model)) {
            assertThat(fields(session.getInputInfo().values())).isEqualTo(signature.inputs());
            assertThat(fields(session.getOutputInfo().values())).isEqualTo(signature.outputs());
        }
    }

    @Test
    void aModelThatKnowsNoCyclesTakesNoOrigin() {
        byte[] onnx = OnnxExport.write(GruOnnxTest.model(1, 1, false, List.of()));

        assertThat(OnnxSignature.of(onnx).inputs())
                .extracting(OnnxSignature.Field::name)
                .containsExactly("lookback");
    }

    @Test
    void refusesBytesThatAreNoOnnxModel() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxSignature.of("no model".getBytes(StandardCharsets.UTF_8)))
                .withMessageStartingWith("Cannot read an ONNX model: ");
    }

    @Test
    void everyKindHasAGraph() {
        List<ForecastModel> models =
                ModelKinds.TRAINED.stream().map(OnnxExportTest::model).toList();

        assertThat(models.stream().<Class<?>>map(ForecastModel::getClass))
                .containsExactlyInAnyOrder(ForecastModel.class.getPermittedSubclasses());
        assertThat(models)
                .allSatisfy(model -> assertThat(
                                OnnxSignature.of(OnnxExport.write(model)).outputs())
                        .hasSize(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {GruModel.KIND, SeasonalModel.KIND, RidgeModel.KIND})
    void equalModelsGiveEqualBytes(String kind) {
        assertThat(OnnxExport.write(model(kind))).isEqualTo(OnnxExport.write(model(kind)));
    }

    private static ForecastModel model(String kind) {
        return switch (kind) {
            case GruModel.KIND -> GruOnnxTest.model(2, 2, true, DAY);
            case SeasonalModel.KIND -> SeasonalOnnxTest.full();
            case RidgeModel.KIND -> RidgeOnnxTest.model();
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /// Element type as ONNX Runtime reports it.
    private static List<OnnxSignature.Field> fields(Collection<NodeInfo> values) {
        return values.stream()
                .map(value -> {
                    TensorInfo tensor = (TensorInfo) value.getInfo();
                    String type = tensor.type.name().toLowerCase(Locale.ROOT).replace("double", "float64");
                    return new OnnxSignature.Field(
                            value.getName(),
                            type,
                            LongStream.of(tensor.getShape()).boxed().toList());
                })
                .toList();
    }
}
