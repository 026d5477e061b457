package io.aerocast.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelArtifactTest {

    private final byte[] artifact = ModelArtifact.write(Models.gru());

    static Stream<ForecastModel> models() {
        return Stream.of(
                Models.gru(),
                Models.deepGru(),
                Models.ensemble(),
                Models.seasonal(),
                Models.learning(),
                Models.modulated(),
                Models.ridge());
    }

    @ParameterizedTest
    @MethodSource("models")
    void aReadModelForecastsAsTheWrittenOne(ForecastModel model) {
        ForecastModel read = ModelArtifact.read(ModelArtifact.write(model));

        assertThat(read).isInstanceOf(model.getClass());
        assertThat(read.card()).isEqualTo(model.card());
        assertSame(read.predict(Models.lookback()), model.predict(Models.lookback()));
    }

    @ParameterizedTest
    @MethodSource("models")
    void equalModelsHaveEqualBytes(ForecastModel model) {
        byte[] first = ModelArtifact.write(model);

        assertThat(ModelArtifact.write(ModelArtifact.read(first))).isEqualTo(first);
    }

    /// The files come from the first version of AeroCast with each format and are never regenerated.
    @Test
    void readsTheArtifactsOfEveryFormat() throws Exception {
        assertGolden(
                "gru-v1.aerocast",
                "7edaa3c51fd9a48b4953f4340e046d0f1500e53eb7dc67981b7007189ea1867b",
                Models.gru(),
                12.146152979671445,
                13.783930130880414);
        // At 13:00 the mean is 5.17, and half of the anomaly of 8 is left; at 18:00 the mean is 10.
        assertGolden(
                "seasonal-v1.aerocast",
                "588a7d9597015c7e079cfb8dd73a16d42bbfcad898da26d4854b181f12a1cd46",
                Models.seasonal(),
                9.17037086855466,
                9.999999999999998);
        assertGolden(
                "gru-v2.aerocast",
                "58c9f391732a4e6ae66ee6a76649168d56bc1a2fae8938c2b2c2bb3ca39c324e",
                Models.ensemble(),
                13.024318977545027,
                12.979679966709448);
        assertGolden(
                "seasonal-v2.aerocast",
                "5aa987ada47e9bc59bb6759246043c6150560b8e17532d5239a73dd3842cbf55",
                Models.learning(),
                12.279349071104303,
                15.842368352021479);
        assertGolden(
                "ridge-v2.aerocast",
                "bc67c40b23650579f14317ac98046a8dddb7f6b8215e7e8b9fb7d905b69815ca",
                Models.ridge(),
                12.720020860772841,
                13.608909364202582);
    }

    private static void assertGolden(String file, String sha256, ForecastModel same, double... values)
            throws Exception {
        byte[] golden;
        try (InputStream in = ModelArtifactTest.class.getResourceAsStream(file)) {
            golden = in.readAllBytes();
        }

        ForecastModel model = ModelArtifact.read(golden);

        assertThat(ModelArtifact.sha256(golden)).isEqualTo(sha256);
        assertThat(model.card()).isEqualTo(same.card());
        assertThat(model.predict(Models.lookback()).value()).containsExactly(values, within(1e-12));
        assertSame(model.predict(Models.lookback()), same.predict(Models.lookback()));
    }

    @Test
    void refusesBytesOfAnotherKind() {
        assertUnreadable(
                "PAR1....PAR1".getBytes(StandardCharsets.US_ASCII),
                "Cannot read model artifact: it must start with AEROCAST, found bytes 504152312e2e2e2e of 12");
        assertUnreadable(new byte[0], "Cannot read model artifact: it must start with AEROCAST, found bytes  of 0");
    }

    @Test
    void refusesANewerVersion() {
        byte[] newer = artifact.clone();
        newer[8] = 3;

        assertUnreadable(newer, "Cannot read model artifact version 3 (supported: 1 to 2)");
    }

    @Test
    void refusesEveryPrefixOfAnArtifact() {
        for (int length = 8; length < 20; length++) {
            assertUnreadable(
                    Arrays.copyOf(artifact, length),
                    "Cannot read model artifact: it is cut short, found %d bytes".formatted(length));
        }
        for (int length = 20; length < artifact.length; length++) {
            assertUnreadable(
                    Arrays.copyOf(artifact, length),
                    "Cannot read model artifact: expected %d bytes, found %d".formatted(artifact.length, length));
        }
    }

    @Test
    void refusesBytesThatFollowAnArtifact() {
        assertUnreadable(
                Arrays.copyOf(artifact, artifact.length + 1),
                "Cannot read model artifact: expected %d bytes, found %d"
                        .formatted(artifact.length, artifact.length + 1));
    }

    @Test
    void refusesEveryFlippedBit() {
        for (int at = 0; at < artifact.length; at++) {
            byte[] corrupted = artifact.clone();
            corrupted[at] ^= (byte) (1 << at % 8);

            assertThatExceptionOfType(UnreadableModelException.class)
                    .isThrownBy(() -> ModelArtifact.read(corrupted))
                    .withMessageStartingWith("Cannot read model artifact");
        }
    }

    @Test
    void refusesAHeaderWhoseShapesAreNotTheModels() throws Exception {
        assertUnreadable(
                resigned("\"shape\":[4,12]", "\"shape\":[3,16]"),
                "Cannot read model artifact: gru.inputWeights needs 18 values for its shape [2, 9], found 24");
        assertUnreadable(
                resigned("\"model\":\"gru\"", "\"model\":\"arc\""),
                "Cannot read model artifact of kind 'arc' (supported: gru, seasonal, ridge)");
        assertThatExceptionOfType(UnreadableModelException.class)
                .isThrownBy(() -> ModelArtifact.read(resigned("\"card\":{", "\"cart\":{")))
                .withMessageContaining("the header has no card");
    }

    @Test
    void knowsEveryKind() {
        assertThat(models().<Class<?>>map(ForecastModel::getClass).distinct())
                .containsExactlyInAnyOrder(ForecastModel.class.getPermittedSubclasses());
        assertThat(models().map(model -> model.card().model()).distinct())
                .containsExactlyElementsOf(ModelKinds.TRAINED);
    }

    @Test
    void shipsNoModelForAnUnknownPipeline() {
        assertThat(ShippedModels.find("unknown", "temperature", "gru")).isEmpty();
    }

    @Test
    void refusesAHeaderThatIsNull() throws Exception {
        byte[] card = "null".getBytes(StandardCharsets.UTF_8);

        assertUnreadable(signed(card, new double[0]), "Cannot read model artifact: the header is null");
    }

    @Test
    void refusesACardWithoutAKind() throws Exception {
        assertThatExceptionOfType(UnreadableModelException.class)
                .isThrownBy(() -> ModelArtifact.read(resigned("\"model\":\"gru\"", "\"mode_\":\"gru\"")))
                .withMessageContaining("a model card has no kind of model");
    }

    @Test
    void refusesValuesThatNoTensorClaims() throws Exception {
        assertUnreadable(
                changed(Models.learning(), tensors -> {}, 3),
                "Cannot read model artifact: 3 values follow the last tensor");
    }

    /// The four doubles after the last value are the checksum, not values.
    @Test
    void refusesATensorThatReachesIntoTheChecksum() throws Exception {
        assertUnreadable(
                changed(Models.learning(), tensors -> tensors.add(vector("more", 1, 2, 3, 4)), -4),
                "Cannot read model artifact: more needs 4 values for its shape [4], found 0");
    }

    @Test
    void refusesTwoTensorsOfOneName() throws Exception {
        assertUnreadable(
                changed(Models.learning(), tensors -> tensors.add(vector("kept", 1)), 0),
                "Cannot read model artifact: kept occurs twice");
    }

    @ParameterizedTest
    @CsvSource({"season0, 2", "wave0, 2", "trend, 3", "cadenceMillis, 1", "differences, 1", "level, 1", "kept, 1"})
    void refusesATensorOfAnotherLength(String name, int length) throws Exception {
        Tensor tooLong = vector(name, 86_400_000, 1, 1, 1);
        Tensor tooShort = vector(name, 86_400_000);

        assertUnreadable(
                with(Models.learning(), tooLong),
                "Cannot read model artifact: %s needs %d values for its shape [%d], found 4"
                        .formatted(name, length, length));
        if (length > 1) {
            assertUnreadable(
                    with(Models.learning(), tooShort),
                    "Cannot read model artifact: %s needs %d values for its shape [%d], found 1"
                            .formatted(name, length, length));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gru0.inputWeights", "gru0.recurrentWeights", "head.weights"})
    void refusesWeightsThatAreNoMatrix(String name) throws Exception {
        assertUnreadable(
                with(Models.gru(), new Tensor(name, List.of(), new double[] {1})),
                "Cannot read model artifact: %s must have two dimensions, found the shape []".formatted(name));
    }

    @Test
    void refusesErrorBoundsAndARidgeThatWouldFailInService() throws Exception {
        double[] ridge = Models.learning().tensors().stream()
                .filter(tensor -> tensor.name().equals("ridge"))
                .findFirst()
                .orElseThrow()
                .values();
        ridge[1] = Double.NaN;

        assertUnreadable(
                with(Models.learning(), vector("bounds", 2, -1)),
                "Cannot read model artifact: A horizon's bound cannot be less than 0, found -1.0");
        assertUnreadable(
                with(Models.learning(), vector("bounds", 2, Double.NaN)),
                "Cannot read model artifact: A horizon's bound cannot be less than 0, found NaN");
        assertUnreadable(
                with(Models.learning(), vector("ridge", ridge)),
                "Cannot read model artifact: A term's ridge cannot be less than 0, found NaN");
    }

    @Test
    void refusesALagThatNoLookbackHolds() throws Exception {
        assertThatExceptionOfType(UnreadableModelException.class)
                .isThrownBy(() -> ModelArtifact.read(with(Models.learning(), vector("lags", 0, 1e300))))
                .withMessageContaining("No terms of 2 differences, lags [0, 2147483647]");
    }

    private static Tensor vector(String name, double... values) {
        return Tensor.vector(name, values.length, values);
    }

    /// The artifact of a model with one tensor replaced by another of the same name.
    private static byte[] with(ForecastModel model, Tensor other) throws Exception {
        return changed(
                model, tensors -> tensors.replaceAll(tensor -> tensor.name().equals(other.name()) ? other : tensor), 0);
    }

    /// The artifact of a model with other tensors, and with more or fewer values than they have.
    private static byte[] changed(ForecastModel model, Consumer<List<Tensor>> change, int more) throws Exception {
        List<Tensor> tensors = new ArrayList<>(
                model instanceof SeasonalModel seasonal ? seasonal.tensors() : ((GruModel) model).tensors());
        change.accept(tensors);
        String entries = tensors.stream()
                .map(tensor -> "{\"name\":\"%s\",\"shape\":%s}".formatted(tensor.name(), tensor.shape()))
                .collect(Collectors.joining(",", "[", "]"));
        String header = header(ModelArtifact.write(model)).replaceFirst("\"tensors\":\\[.*]", "\"tensors\":" + entries);
        double[] values = tensors.stream()
                .flatMapToDouble(tensor -> Arrays.stream(tensor.values()))
                .toArray();
        return signed(header.getBytes(StandardCharsets.UTF_8), Arrays.copyOf(values, values.length + more));
    }

    private static byte[] signed(byte[] header, double[] values) throws Exception {
        ByteBuffer bytes = ByteBuffer.allocate(20 + header.length + 8 * values.length + 32)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("AEROCAST".getBytes(StandardCharsets.US_ASCII))
                .putInt(2)
                .putInt(header.length)
                .putInt(values.length)
                .put(header);
        Arrays.stream(values).forEach(bytes::putDouble);
        return sign(bytes.array());
    }

    private static byte[] sign(byte[] changed) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(changed, 0, changed.length - 32);
        sha256.digest(changed, changed.length - 32, 32);
        return changed;
    }

    private static String header(byte[] artifact) {
        int length = ByteBuffer.wrap(artifact).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
        return new String(artifact, 20, length, StandardCharsets.UTF_8);
    }

    /// The artifact with a change of equal length in its header and a matching checksum.
    private byte[] resigned(String before, String after) throws Exception {
        String header = header(artifact);
        assertThat(header).contains(before);
        byte[] changed = artifact.clone();
        byte[] replacement = header.replace(before, after).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(replacement, 0, changed, 20, replacement.length);
        return sign(changed);
    }

    private static void assertUnreadable(byte[] bytes, String message) {
        assertThatExceptionOfType(UnreadableModelException.class)
                .isThrownBy(() -> ModelArtifact.read(bytes))
                .withMessage(message);
    }

    private static void assertSame(Prediction found, Prediction expected) {
        assertThat(found.value()).containsExactly(expected.value());
        assertThat(found.lower()).containsExactly(expected.lower());
        assertThat(found.upper()).containsExactly(expected.upper());
    }
}
