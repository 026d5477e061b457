package io.aerocast.training.dataset;

import static io.aerocast.training.dataset.Observations.at;
import static io.aerocast.training.dataset.Observations.samples;
import static io.aerocast.training.dataset.Observations.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.aerocast.event.Observation;
import io.aerocast.forecast.StationSeries;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.QualityLimits;
import io.aerocast.training.dataset.Quality.FeatureQuality;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QualityTest {

    private static final double NONE = Double.NaN;

    /// One feature: a spike stands out by more than 8, and more than four equal readings are stuck.
    private final Pipeline one = pipeline(4, feature("temperature", new QualityLimits(8.0, 4.0, Duration.ofHours(4))));

    private final Pipeline two = pipeline(
            12,
            feature("temperature", new QualityLimits(null, 4.0, null)),
            feature("pressure", new QualityLimits(null, 3.0, null)));

    @Test
    void aSpikeIsAJumpAndItsReturnWithinTwoReadings() {
        assertThat(suspected(10, 11, 35, 12, 13, 14)).containsExactly(2);
        assertThat(suspected(10, 11, -35, -30, 13, 14)).containsExactly(2, 3);
        assertThat(suspected(10, 11, NONE, 35, 13, 14)).containsExactly(3);
    }

    @Test
    void aFrontAHotSpellAndATallWaveAreNoSpikes() {
        assertThat(suspected(10, 11, 25, 26, 27, 26)).isEmpty();
        assertThat(suspected(10, 11, 30, 31, 30, 12)).isEmpty();
        assertThat(suspected(10, 11, 19, 12, 13, 14)).isEmpty();
        assertThat(suspected(10, NONE, NONE, 35, NONE, 12)).isEmpty();
    }

    @Test
    void aStuckSensorIsSuspectAfterItsFirstReading() {
        assertThat(suspected(10, 11, 11, 11, 11, 11, 12)).containsExactly(2, 3, 4, 5);
        assertThat(suspected(10, 11, 11, NONE, 11, 11, 11, 12)).containsExactly(2, 4, 5, 6);
        assertThat(suspected(10, 11, 11, 11, 11, 12, 13)).isEmpty();
    }

    @Test
    void withoutLimitsNothingIsSuspect() {
        Pipeline free = pipeline(4, feature("temperature", QualityLimits.NONE));

        assertThat(suspected(free, 10, 10, 10, 10, 10, 10, 99, 10)).isEmpty();
    }

    @Test
    void aFitSeesSuspectReadingsAsMissingAndAnEvaluationAsTheyWere() {
        List<Sample> samples = samples(one, series(one, "A", 10, 11, 12, 35, 12, 13, 14, 15));
        Dataset dataset = Dataset.of(one, samples);

        assertThat(dataset.samples())
                .map(sample -> sample.lookback().persistence())
                .contains(35.0);
        assertThat(dataset.clean().sha256()).isEqualTo(dataset.sha256());
        // Hour 2 loses its only target, hour 3 is the spike itself; hours 4 to 6 have three of four readings left.
        assertThat(dataset.clean().samples())
                .map(sample -> sample.lookback().persistence())
                .containsExactly(12.0, 13.0, 14.0);
        assertThat(List.of(dataset.clean().samples().getFirst().lookback().rows()))
                .map(row -> row[0])
                .containsExactly(11.0, 12.0, NONE, 12.0);
        assertThat(samples.get(2).lookback().rows()[2][0]).isEqualTo(35);
    }

    @Test
    void reportsThatThereIsNothingToLearnFrom() {
        Dataset stuck = Dataset.of(one, samples(one, series(one, "A", 11, 11, 11, 11, 11, 11, 11)));

        assertThatIllegalArgumentException()
                .isThrownBy(stuck::clean)
                .withMessageStartingWith("Each of the 4 samples of pipeline small rests on suspect readings");
        assertThat(stuck.quality().suspectShare()).isEqualTo(1);
    }

    @Test
    void countsEachReadingOnce() {
        // Origins are hours 2 to 8: the last hour has no target.
        List<Sample> samples = samples(one, series(one, "A", 10, 11, 12, 35, 12, 13, 18, 18, 18, 18));

        assertThat(Quality.of(one, samples).features())
                .containsExactly(new FeatureQuality("temperature", 7, 1, 0, 3, 0));
        assertThat(Quality.of(one, samples).suspectShare()).isEqualTo(1 / 7.0);
    }

    @Test
    void aFeatureThatShiftsWhileTheOthersAreQuietMovedAlone() {
        assertThat(quality(hour -> hour < 20 ? 15 : 27, _ -> 1013).movedAlone()).containsExactly("temperature");
        assertThat(quality(_ -> 15, hour -> hour < 20 ? 1013 : 1003).movedAlone())
                .containsExactly("pressure");
    }

    @Test
    void aFrontARampAndASpikeDidNotMoveAlone() {
        assertThat(quality(hour -> hour < 20 ? 15 : 3, hour -> hour < 20 ? 1005 : 1007)
                        .movedAlone())
                .isEmpty();
        assertThat(quality(hour -> 15 + Math.clamp(hour - 20.0, 0, 12), _ -> 1013)
                        .movedAlone())
                .isEmpty();
        assertThat(quality(hour -> hour == 20 ? 40 : 15, _ -> 1013).movedAlone())
                .isEmpty();
        assertThat(quality(hour -> hour < 20 ? 15 : 27, _ -> NONE).movedAlone()).isEmpty();
    }

    private Quality quality(IntToDoubleFunction temperature, IntToDoubleFunction pressure) {
        List<Observation> observations = new ArrayList<>();
        for (int hour = 0; hour < 48; hour++) {
            observations.add(at(two, "A", hour, temperature.applyAsDouble(hour), pressure.applyAsDouble(hour)));
        }
        return Quality.of(two, samples(two, observations));
    }

    private List<Integer> suspected(double... values) {
        return suspected(one, values);
    }

    /// The hours that are suspect.
    private static List<Integer> suspected(Pipeline pipeline, double... values) {
        StationSeries station = StationSeries.unbounded(pipeline);
        IntStream.range(0, values.length)
                .filter(hour -> !Double.isNaN(values[hour]))
                .forEach(hour -> station.add(at(pipeline, "A", hour, values[hour])));
        return QualityCheck.suspects(pipeline, station).keySet().stream()
                .map(slot -> (int) Duration.between(Observations.START, slot).toHours())
                .sorted()
                .toList();
    }

    private static Feature feature(String name, QualityLimits limits) {
        return new Feature(name, "", name, -60, 1085, limits);
    }

    private static Pipeline pipeline(int lookback, Feature... features) {
        return new Pipeline("small", List.of(features), Duration.ofHours(1), lookback, List.of(1), List.of());
    }
}
