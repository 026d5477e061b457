package io.aerocast.training.dataset;

import static io.aerocast.training.dataset.Observations.at;
import static io.aerocast.training.dataset.Observations.hour;
import static io.aerocast.training.dataset.Observations.pipeline;
import static io.aerocast.training.dataset.Observations.samples;
import static io.aerocast.training.dataset.Observations.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aerocast.event.Observation;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SampleCutterTest {

    private final Pipeline pipeline = pipeline(4, 1, 3);

    @Test
    void cutsASampleAtEveryOriginThatHasALookbackAndATarget() {
        List<Sample> samples = samples(pipeline, series(pipeline, "A", 10, 11, 12, 13, 14, 15, 16, 17));

        // Three of four readings make a lookback, so the first origin is hour 2.
        assertThat(origins(samples)).containsExactly(hour(2), hour(3), hour(4), hour(5), hour(6));
        assertThat(samples.get(1).lookback().rows()).isDeepEqualTo(new double[][] {{10}, {11}, {12}, {13}});
        assertThat(samples.get(1).targets()).containsExactly(14, 16);
        assertThat(samples.get(4).targets()).containsExactly(17, Double.NaN);
    }

    @Test
    void aMissingReadingStaysMissing() {
        List<Sample> samples = samples(pipeline, series(pipeline, "A", 10, Double.NaN, 12, 13, Double.NaN, 15, 16, 17));

        // Hour 2 sees two of four readings; hour 4 has none: it is no origin, and no target of hour 3.
        assertThat(origins(samples)).containsExactly(hour(3), hour(5), hour(6));
        assertThat(Stream.of(samples.getFirst().lookback().rows()).map(row -> row[0]))
                .containsExactly(10.0, Double.NaN, 12.0, 13.0);
        assertThat(samples.getFirst().targets()).containsExactly(Double.NaN, 16);
    }

    @Test
    void anOriginWithoutAnyTargetIsNoSample() {
        assertThat(samples(pipeline, series(pipeline, "A", 10, 11, 12, 13))).hasSize(1);
        assertThat(samples(pipeline, series(pipeline, "A", 10, 11, 12))).isEmpty();
    }

    @Test
    void severalStationsAreOrderedByOriginAndNeverMixed() {
        List<Observation> both = new ArrayList<>(series(pipeline, "B", 20, 21, 22, 23, 24));
        both.addAll(series(pipeline, "A", 10, 11, 12, 13, 14));

        List<Sample> samples = samples(pipeline, both);

        assertThat(origins(samples)).containsExactly(hour(2), hour(2), hour(3), hour(3));
        assertThat(samples).map(sample -> sample.lookback().persistence()).containsExactly(12.0, 22.0, 13.0, 23.0);
    }

    @Test
    void cutsTheNewestSamplesWholeOriginsAtATime() {
        List<Observation> both = new ArrayList<>(series(pipeline, "A", 10, 11, 12, 13, 14));
        both.addAll(series(pipeline, "B", 20, 21, 22, 23, 24));
        SampleCutter cutter = new SampleCutter(pipeline);
        both.forEach(cutter::add);

        assertThat(origins(cutter.samples(3))).containsExactly(hour(3), hour(3));
    }

    @Test
    void refusesAnotherPipelinesObservation() {
        Observation foreign = new Observation("sim", "A", hour(0), java.util.Map.of("temperature", 20.0));

        assertThatThrownBy(() -> new SampleCutter(pipeline).add(foreign))
                .hasMessageContaining("small")
                .hasMessageContaining("sim");
    }

    @Test
    void aDatasetKnowsItsTimes() {
        List<Sample> samples = samples(pipeline, series(pipeline, "A", 10, 11, 12, 13, 14, 15, 16));
        Dataset dataset = Dataset.of(pipeline, samples.subList(1, 3));

        // Lookbacks end at hours 3 and 4; the furthest known target is 3 steps after hour 3.
        assertThat(dataset.from()).isEqualTo(hour(0));
        assertThat(dataset.to()).isEqualTo(hour(6));
    }

    @Test
    void theHashIsOfTheValues() {
        Dataset dataset = Dataset.of(pipeline, samples(pipeline, series(pipeline, "A", 10, 11, 12, 13, 14)));
        Dataset renamed = Dataset.of(pipeline, samples(pipeline, series(pipeline, "B", 10, 11, 12, 13, 14)));
        Dataset other = Dataset.of(pipeline, samples(pipeline, series(pipeline, "A", 10, 11, 12, 13, 14.1)));

        assertThat(dataset.sha256()).hasSize(64).isEqualTo(renamed.sha256()).isNotEqualTo(other.sha256());
    }

    @Test
    void correctionsReplaceEarlierReports() {
        List<Observation> observations = new ArrayList<>(series(pipeline, "A", 10, 11, 12, 13, 14));
        observations.add(at(pipeline, "A", 3, 13.5));

        assertThat(samples(pipeline, observations).getLast().lookback().persistence())
                .isEqualTo(13.5);
    }

    private static List<Instant> origins(List<Sample> samples) {
        return samples.stream().map(sample -> sample.lookback().origin()).toList();
    }
}
