package io.aerocast.api.model;

import static io.aerocast.api.TestModels.published;
import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.api.TestModels;
import io.aerocast.event.ModelPublished;
import io.aerocast.event.RetrainReason;
import io.aerocast.forecast.ModelCard;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.forecast.ShippedModels;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ModelDeskTest {

    private static final Pipelines PIPELINES = Pipelines.builtIn();
    private static final Pipeline SIM = PIPELINES.require("sim");

    private final ServedModels served = new ServedModels();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ModelDesk desk = new ModelDesk(new ModelGate(PIPELINES), served, meters);

    @Test
    void servesShippedModelsAsNeverTrainedHere() {
        desk.serveShipped(PIPELINES);

        for (Pipeline pipeline : PIPELINES.all()) {
            for (String kind : ModelKinds.TRAINED) {
                assertThat(served.find(pipeline, kind).isPresent())
                        .isEqualTo(ShippedModels.find(pipeline.name(), "temperature", kind)
                                .isPresent());
            }
            assertThat(served.lastTraining(pipeline)).isEmpty();
        }
    }

    @Test
    void aPublishedModelReplacesTheOneBefore() {
        desk.receive(published(TestModels.gru(SIM, "1", 0)));
        desk.receive(published(TestModels.gru(SIM, "2", 0)));

        assertThat(served.of(SIM)).extracting(ServedModel::version).containsExactly("2");
        assertThat(served.lastTraining(SIM)).contains(TestModels.TRAINED);
        assertThat(meters.get("aerocast.model.swaps").counter().count()).isEqualTo(1);
        assertThat(meters.get("aerocast.model.info").gauges())
                .singleElement()
                .satisfies(g -> assertThat(g.getId().getTag("version")).isEqualTo("2"));
    }

    @Test
    void measuresTheTimeFromSignalToServingOfNewModelsOnly() {
        Instant raised = Instant.now().minusSeconds(40);
        ModelPublished earlier = published(TestModels.gru(SIM, "1", 0), TestModels.TRAINED);
        desk.receive(earlier);
        assertThat(meters.find("aerocast.signal.to.serving").timer()).isNull();

        ModelPublished now = published(TestModels.gru(SIM, "2", 0));
        desk.receive(new ModelPublished(
                now.pipeline(),
                now.feature(),
                now.model(),
                now.version(),
                Instant.now().plusSeconds(1),
                RetrainReason.DRIFT,
                "signal",
                raised,
                now.metrics(),
                now.sha256(),
                now.artifact()));

        Timer timer = meters.get("aerocast.signal.to.serving")
                .tags("pipeline", "sim", "feature", "temperature", "model", "gru", "reason", "drift")
                .timer();
        assertThat(timer.count()).isOne();
        assertThat(timer.totalTime(TimeUnit.SECONDS)).isBetween(40.0, 100.0);
    }

    @Test
    void anEventOfAnEarlierVersionDoesNotReplaceAModelThatWasPublishedLater() {
        Instant now = Instant.now();
        desk.receive(published(TestModels.gru(SIM, "later", 0), now));

        desk.receive(withoutFeature(published(TestModels.gru(SIM, "earlier", 0), now.minusMillis(1))));
        assertThat(served.of(SIM)).extracting(ServedModel::version).containsExactly("later");

        desk.receive(withoutFeature(published(TestModels.gru(SIM, "same", 0), now)));
        assertThat(served.of(SIM)).extracting(ServedModel::version).containsExactly("same");
    }

    /// The clock of the trainer was set back between them; the order of their record key counts.
    @Test
    void theLastEventServesWhateverTheClocks() {
        Instant now = Instant.now();
        desk.receive(published(TestModels.gru(SIM, "first", 0), now));
        desk.receive(published(TestModels.gru(SIM, "second", 0), now.minusSeconds(60)));

        assertThat(served.of(SIM)).extracting(ServedModel::version).containsExactly("second");
    }

    @Test
    void anEventOfAnEarlierVersionIsOfTheFirstTarget() {
        Pipeline noaa = PIPELINES.require("noaa");
        desk.receive(withoutFeature(published(TestModels.gru(noaa, "1", 0))));
        desk.receive(published(TestModels.gru(noaa.view("pressure"), "2", 0)));

        assertThat(served.find(noaa, "gru"))
                .get()
                .extracting(ServedModel::version)
                .isEqualTo("1");
        assertThat(served.find(noaa.view("pressure"), "gru"))
                .get()
                .extracting(ServedModel::version)
                .isEqualTo("2");
        assertThat(served.of(noaa.view("windspeed"))).isEmpty();
        assertThat(served.serving(noaa))
                .extracting(serving -> serving.model().card().target())
                .containsExactly("temperature", "pressure");
    }

    @Test
    void namesAModelThatWasRestoredByARollback() {
        Instant now = Instant.now();
        ModelCard newer = TestModels.card(SIM, "gru", "new", TestModels.TRAINED.plusSeconds(3600));
        desk.serveShipped(PIPELINES);
        desk.receive(published(TestModels.gru(SIM, "old", 0), now));
        assertThat(gru()).extracting(Serving::restored).isEqualTo(false); // older than the shipped one
        desk.receive(published(TestModels.gru(newer, 0), now));
        assertThat(gru()).extracting(Serving::restored).isEqualTo(false);

        desk.receive(published(TestModels.gru(SIM, "old", 0), now.plusSeconds(60)));

        assertThat(gru()).extracting(Serving::restored).isEqualTo(true);
        assertThat(gru()).extracting(Serving::replaced).isEqualTo("new");
    }

    private static ModelPublished withoutFeature(ModelPublished event) {
        return new ModelPublished(
                event.pipeline(),
                null,
                event.model(),
                event.version(),
                event.publishedAt(),
                event.reason(),
                event.signalId(),
                event.signalRaisedAt(),
                event.metrics(),
                event.sha256(),
                event.artifact());
    }

    private Serving gru() {
        return served.serving(SIM).stream()
                .filter(serving -> serving.model().card().model().equals("gru"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void keepsABoundedNumberOfRefusals() {
        ModelPublished good = published(TestModels.gru(SIM, "1", 0));
        for (int i = 0; i < 1000; i++) {
            ModelCard card =
                    TestModels.card("mars" + i, "gru", "1", SIM.featureNames(), 24, SIM.horizons(), TestModels.TRAINED);
            desk.receive(published(card, Instant.now(), good.sha256(), good.artifact()));
        }

        assertThat(served.refused()).hasSize(100);
        assertThat(meters.get("aerocast.models.refused").counters()).hasSize(1);
    }

    @Test
    void aRefusedModelReplacesNone() {
        ModelPublished good = published(TestModels.gru(SIM, "1", 0));
        desk.receive(good);
        desk.receive(published(
                TestModels.card(SIM, "gru", "2", TestModels.TRAINED), Instant.now(), good.sha256(), good.artifact()));

        assertThat(served.of(SIM)).extracting(ServedModel::version).containsExactly("1");
        assertThat(meters.get("aerocast.models.refused")
                        .tag("fault", "mismatch")
                        .counter()
                        .count())
                .isEqualTo(1);
    }
}
