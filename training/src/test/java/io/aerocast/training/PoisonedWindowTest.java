package io.aerocast.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aerocast.event.Observation;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.dataset.SampleCutter;
import io.aerocast.training.fit.FitProgress;
import io.aerocast.training.judge.Verdict;
import io.aerocast.training.judge.Verdict.Held;
import io.aerocast.training.judge.Verdict.Promoted;
import io.aerocast.training.score.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real fits and the real gate: a candidate fitted to faults is never promoted, one fitted to a change of the
/// weather is.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PoisonedWindowTest {

    private static final Pipeline SIM = Pipelines.builtIn().require("sim");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int CALM = 900;
    private static final int ALL = 1300;
    private static final Instant CHANGE = START.plusSeconds(CALM);

    private final Training training = new Training(SmallSettings.of(1, 8, 20, 0.01, 168));
    private final Map<String, ForecastModel> champions = new java.util.HashMap<>();

    @BeforeAll
    void fitChampionsOnTheCalm() {
        List<Sample> calm = samples(Arrays.copyOf(calm(), 500));
        for (String kind : training.kinds()) {
            champions.put(
                    kind,
                    training.train(kind, SIM, calm, null, FitProgress.SILENT).model());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gru", "seasonal"})
    void aHeatwaveIsLearnt(String kind) {
        Verdict verdict = judged(kind, samples(heatwave()));

        assertThat(verdict).as(verdict.findings().toString()).isInstanceOf(Promoted.class);
        assertThat(verdict.findings()).extracting(Finding::check).contains("calm", "significance");
    }

    @Test
    void aModelOfAnotherPlaceIsReplaced() {
        double[] warmer = Arrays.stream(calm()).map(value -> 1.5 * value + 5).toArray();

        Verdict verdict = training.train(
                        "seasonal", SIM, samples(warmer), null, champions.get("seasonal"), FitProgress.SILENT)
                .verdict();

        assertThat(verdict).as(verdict.findings().toString()).isInstanceOf(Promoted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gru", "seasonal"})
    void calmThatGoesOnIsNoReasonToSwap(String kind) {
        assertThat(judged(kind, samples(calm()))).isInstanceOf(Held.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gru", "seasonal"})
    void aStuckSensorIsNotLearnt(String kind) {
        double[] stuck = heatwave();
        Arrays.fill(stuck, CALM + 100, ALL, stuck[CALM + 99]);

        assertThatThrownBy(() -> judged(kind, samples(stuck)))
                .hasMessageContaining("recent readings of one feature are suspect");
    }

    /// A sensor that is stuck for good from the beginning of the change.
    @ParameterizedTest
    @ValueSource(strings = {"gru", "seasonal"})
    void aSensorThatIsStuckFromTheBeginningIsNotLearnt(String kind) {
        double[] stuck = calm();
        Arrays.fill(stuck, CALM, ALL, 31.5);

        assertThatThrownBy(() -> judged(kind, samples(stuck)))
                .hasMessageContaining("recent readings of one feature are suspect");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gru", "seasonal"})
    void spikesAreNotLearnt(String kind) {
        Random random = new Random(5);
        double[] spiked = calm();
        for (int i = CALM; i < ALL; i += 6) {
            spiked[i] += random.nextBoolean() ? 25 : -25;
        }

        assertThatThrownBy(() -> judged(kind, samples(spiked)))
                .hasMessageContaining("recent readings of one feature are suspect");
    }

    /// Spikes that are too few for a veto are ignored by fit and gate, so that they favour no candidate.
    @Test
    void fewSpikesDoNotChangeTheVerdict() {
        double[] spiked = calm();
        for (int i = CALM; i < ALL; i += 25) {
            spiked[i] += 25;
        }

        assertThat(judged("seasonal", samples(spiked))).isInstanceOf(Held.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gru", "seasonal"})
    void shuffledLabelsAreNotLearnt(String kind) {
        Verdict everywhere = judged(kind, shuffled(samples(heatwave()), _ -> true));
        // With only the training data shuffled, the hold-out reveals it.
        Instant judgedFrom = START.plusSeconds(ALL - 173);
        Verdict fitted = judged(kind, shuffled(samples(heatwave()), origin -> origin.isBefore(judgedFrom)));

        assertThat(everywhere).as(everywhere.findings().toString()).isInstanceOf(Held.class);
        assertThat(failed(everywhere)).contains("variance");
        assertThat(fitted).as(fitted.findings().toString()).isInstanceOf(Held.class);
    }

    private static List<String> failed(Verdict verdict) {
        return verdict.findings().stream()
                .filter(finding -> !finding.passed())
                .map(Finding::check)
                .toList();
    }

    private Verdict judged(String kind, List<Sample> samples) {
        return training.train(kind, SIM, samples, CHANGE, champions.get(kind), FitProgress.SILENT)
                .verdict();
    }

    /// Recent samples with shuffled targets.
    private static List<Sample> shuffled(List<Sample> samples, Predicate<Instant> where) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            Instant origin = samples.get(i).lookback().origin();
            if (origin != null && !origin.isBefore(CHANGE) && where.test(origin)) {
                places.add(i);
            }
        }
        List<Integer> dealt = new ArrayList<>(places);
        Collections.shuffle(dealt, new Random(9));
        List<Sample> all = new ArrayList<>(samples);
        for (int i = 0; i < places.size(); i++) {
            Sample sample = samples.get(places.get(i));
            all.set(
                    places.get(i),
                    new Sample(sample.lookback(), samples.get(dealt.get(i)).targets()));
        }
        return all;
    }

    private static double[] calm() {
        double[] noise = noise();
        return IntStream.range(0, ALL)
                .mapToDouble(i -> 20 + 4 * Math.sin(2 * Math.PI * i / 24) + noise[i])
                .toArray();
    }

    private static double[] heatwave() {
        double[] values = calm();
        double[] noise = noise();
        for (int i = CALM; i < ALL; i++) {
            double heat = Math.min(1, (i - CALM) / 48.0);
            double phase = 2 * Math.PI * (i + 4 * heat) / 24;
            values[i] = 20 + 12 * heat + (4 + 6 * heat) * Math.sin(phase) + 2 * heat * Math.sin(2 * phase) + noise[i];
        }
        return values;
    }

    private static double[] noise() {
        Random random = new Random(11);
        double[] noise = new double[ALL];
        for (int i = 1; i < ALL; i++) {
            noise[i] = 0.7 * noise[i - 1] + 0.5 * random.nextGaussian();
        }
        return noise;
    }

    private static List<Sample> samples(double[] values) {
        SampleCutter cutter = new SampleCutter(SIM);
        for (int i = 0; i < values.length; i++) {
            cutter.add(new Observation(
                    "sim", "SIM-1", START.plusSeconds(i), Map.of("temperature", Math.round(values[i] * 100) / 100.0)));
        }
        return cutter.samples();
    }
}
