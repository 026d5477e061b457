package io.aerocast.api.model;

import static io.aerocast.api.TestModels.PIPELINES;
import static io.aerocast.api.TestModels.TRAINED;
import static io.aerocast.api.TestModels.card;
import static io.aerocast.api.TestModels.gru;
import static io.aerocast.api.TestModels.published;
import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.api.model.Admission.Admitted;
import io.aerocast.api.model.Admission.Fault;
import io.aerocast.api.model.Admission.Refused;
import io.aerocast.event.ModelPublished;
import io.aerocast.forecast.GruModel;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.ModelCard;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelGateTest {

    private static final List<String> FEATURES = List.of("temperature", "windspeed", "pressure");
    private static final List<Integer> HORIZONS = List.of(1, 6, 24);
    private static final GruModel GOOD = gru(card("noaa", "gru", "7", FEATURES, 24, HORIZONS, TRAINED), 1);

    private final ModelGate gate = new ModelGate(PIPELINES);

    @Test
    void admitsAModelThatFits() {
        assertThat(gate.examine(published(GOOD))).isInstanceOfSatisfying(Admitted.class, a -> {
            assertThat(a.model().version()).isEqualTo("7");
            assertThat(a.model().shipped()).isFalse();
        });
        assertThat(examine(FEATURES, 5, HORIZONS)).isInstanceOf(Admitted.class);
        assertThat(examine(FEATURES, 24, List.of(1, 2, 6, 24))).isInstanceOf(Admitted.class);
    }

    @Test
    void refusesAnArtifactWithAnotherChecksum() {
        byte[] artifact = ModelArtifact.write(GOOD);
        String sha256 = ModelArtifact.sha256(artifact);
        artifact[artifact.length / 2] ^= 1;

        assertRefused(
                gate.examine(published(GOOD.card(), TRAINED, sha256, artifact)), Fault.CORRUPT, "of SHA-256 " + sha256);
    }

    @Test
    void refusesAnArtifactThatCannotBeRead() {
        byte[] artifact = {1, 2, 3};

        assertRefused(
                gate.examine(published(GOOD.card(), TRAINED, ModelArtifact.sha256(artifact), artifact)),
                Fault.CORRUPT,
                "Cannot read model artifact");
    }

    @Test
    void refusesAnUnknownPipeline() {
        assertRefused(
                gate.examine(published(gru(card("mars", "gru", "7", FEATURES, 24, HORIZONS, TRAINED), 1))),
                Fault.FOREIGN,
                "no pipeline 'mars' runs here");
    }

    @Test
    void refusesAnArtifactOfAnotherModelThanTheEventNames() {
        byte[] artifact = ModelArtifact.write(GOOD);
        ModelCard other = card("noaa", "gru", "8", FEATURES, 24, HORIZONS, TRAINED);
        ModelPublished event = published(other, TRAINED, ModelArtifact.sha256(artifact), artifact);

        assertRefused(
                gate.examine(event),
                Fault.MISMATCH,
                "expected an artifact of [noaa, temperature, gru, 8], found one of [noaa, temperature, gru, 7]");
    }

    @Test
    void admitsAModelOfAnotherTargetWithItsFeatureFirst() {
        List<String> view = List.of("pressure", "temperature", "windspeed");

        assertThat(examine(view, 24, HORIZONS)).isInstanceOf(Admitted.class);
    }

    @Test
    void refusesAModelThatDoesNotFitThePipeline() {
        assertRefused(
                examine(List.of("temperature", "pressure", "windspeed"), 24, HORIZONS),
                Fault.MISMATCH,
                "stale artifact: expected features [temperature, windspeed, pressure], found [temperature, pressure, windspeed]");
        assertRefused(
                examine(FEATURES, 25, HORIZONS),
                Fault.MISMATCH,
                "stale artifact: expected a lookback of 1 to 24, found 25");
        assertRefused(
                examine(FEATURES, 24, List.of(1, 6)),
                Fault.MISMATCH,
                "stale artifact: expected horizons [1, 6, 24], found [1, 6]");
    }

    private Admission examine(List<String> features, int lookback, List<Integer> horizons) {
        return gate.examine(published(gru(card("noaa", "gru", "7", features, lookback, horizons, TRAINED), 1)));
    }

    private static void assertRefused(Admission admission, Fault fault, String reason) {
        assertThat(admission).isInstanceOfSatisfying(Refused.class, r -> {
            assertThat(r.fault()).isEqualTo(fault);
            assertThat(r.reason()).contains(reason);
        });
    }
}
