package io.aerocast.training.dataset;

import static io.aerocast.training.dataset.Observations.hour;
import static io.aerocast.training.dataset.Observations.pipeline;
import static io.aerocast.training.dataset.Observations.samples;
import static io.aerocast.training.dataset.Observations.series;
import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.Observation;
import io.aerocast.forecast.Lookback;
import io.aerocast.pipeline.Pipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {

    private final Pipeline pipeline = pipeline(2, 1, 5);

    @Test
    void dividesByTime() {
        // Origins are hours 1 to 99: a lookback of 2 asks for both readings, and hour 100 is the last target.
        Split.Parts parts = parts(hours(101), null, settings(40, 1000, 0));

        // 99 recent: hold-out 29 (hours 71-99), validation 19 and 5 (47-70), fit 1-46. No target of the last origin
        // of a part lies before the next part.
        assertThat(origins(parts.train())).isEqualTo(range(1, 45));
        assertThat(origins(parts.validation())).isEqualTo(range(47, 69));
        assertThat(origins(parts.holdOut())).isEqualTo(range(71, 99));
        assertThat(parts.recent()).isEqualTo(99);
        assertThat(parts.needed()).isEqualTo(40);
    }

    @Test
    void targetsThatALaterPartWouldRevealAreLeftOut() {
        Split.Parts parts = parts(hours(101), null, settings(40, 1000, 0));

        assertThat(targets(parts.train(), hour(41))).containsExactly(42, 46);
        assertThat(targets(parts.train(), hour(42))).containsExactly(43, Double.NaN);
        assertThat(targets(parts.validation(), hour(65))).containsExactly(66, 70);
        assertThat(targets(parts.validation(), hour(69))).containsExactly(70, Double.NaN);
        assertThat(targets(parts.holdOut(), hour(95))).containsExactly(96, 100);
    }

    /// Validation takes the newest 19 and 5 grid times, and training all before them.
    @Test
    void aPromotedCandidateIsFittedToAllSamples() {
        Split.Complete complete = parts(hours(101), null, settings(40, 1000, 0)).complete();

        assertThat(origins(complete.train())).isEqualTo(range(1, 74));
        assertThat(targets(complete.train(), hour(74))).containsExactly(75, Double.NaN);
        assertThat(origins(complete.validation())).isEqualTo(range(76, 99));
    }

    /// 40 recent grid times: 0.3 of them would be 12; half of them are 20, validation has 8 and 5, and 6 are needed
    /// to fit, so that one of them has a target 5 steps ahead.
    @Test
    void fewDataKeepAHoldOutThatCanDecide() {
        SplitSettings enough = new SplitSettings(40, 0.3, 15, 0.2, 0, 1000, 0, 1, 1000);
        SplitSettings asManyAsThereAre = new SplitSettings(40, 0.3, 30, 0.2, 0, 1000, 0, 1, 1000);

        assertThat(origins(parts(hours(42), null, enough).holdOut())).isEqualTo(range(26, 40));
        assertThat(origins(parts(hours(42), null, asManyAsThereAre).holdOut())).isEqualTo(range(21, 40));
    }

    @Test
    void noTargetOfAnEarlierPartLiesAtOrAfterALaterPartsFirstOrigin() {
        Split.Parts parts = parts(hours(101), hour(30), settings(40, 1000, 0.6));

        assertThat(parts.train().to()).isBefore(firstOrigin(parts.validation()));
        assertThat(parts.validation().to()).isBefore(firstOrigin(parts.holdOut()));
    }

    @Test
    void aGapInTheDataDoesNotShortenTheGap() {
        List<Observation> gappy = series(pipeline, "A", hours(160)).stream()
                .filter(o -> Duration.between(hour(0), o.timestamp()).toHours() % 10 < 7)
                .toList();

        Split.Parts parts = (Split.Parts) Split.of(pipeline, samples(pipeline, gappy), null, settings(40, 1000, 0));

        assertThat(parts.train().to()).isBefore(firstOrigin(parts.validation()));
        assertThat(parts.validation().to()).isBefore(firstOrigin(parts.holdOut()));
    }

    @Test
    void afterAChangeOnlyRecentSamplesValidateAndJudge() {
        Split.Parts parts = parts(hours(101), hour(50), settings(40, 10, 0));

        // 50 recent (hours 50-99): hold-out 15, validation 10 and 5, fit 20 and the 10 samples before the change; the
        // last of validation and fit have no target of their own.
        assertThat(origins(parts.holdOut())).isEqualTo(range(85, 99));
        assertThat(origins(parts.validation())).isEqualTo(range(70, 83));
        assertThat(origins(parts.train())).isEqualTo(range(40, 68));
    }

    @Test
    void recentSamplesAreRepeatedForTheirWeight() {
        // 30 samples of replay, 19 recent ones: a share of 0.7 asks for 70, so each recent one is fitted four times.
        Split.Parts parts = parts(hours(101), hour(50), settings(40, 30, 0.7));

        assertThat(parts.train().size()).isEqualTo(30 + 4 * 19);
        assertThat(origins(parts.train())).isSorted().endsWith(hour(68), hour(68), hour(68), hour(68));
    }

    @Test
    void repetitionIsBounded() {
        SplitSettings settings = new SplitSettings(40, 0.3, 0, 0.2, 30, 1000, 0.9, 4, 1000);

        assertThat(parts(hours(101), hour(50), settings).train().size()).isEqualTo(30 + 4 * 19);
    }

    @Test
    void wholeDaysFromBeforeTheChangeAreKeptForTheJudgeWithGapsAroundThem() {
        // A day is the lookback of 2 here; every 20th is kept.
        SplitSettings settings = new SplitSettings(40, 0.3, 0, 0.2, 1000, 20, 0, 4, 1000);

        Split.Parts parts = parts(hours(201), hour(150), settings);
        Dataset calm = Objects.requireNonNull(parts.calm());

        assertThat(calm.size()).isBetween(6, 8);
        for (Instant origin : origins(calm)) {
            assertThat(Math.floorMod(
                            Math.floorDiv(
                                    Duration.between(Instant.EPOCH, origin).toHours(), 2),
                            20))
                    .isEqualTo(19);
            // No target of a calm sample is a target of the fit.
            assertThat(origins(parts.train()))
                    .noneMatch(fitted -> Duration.between(fitted, origin).abs().toHours() < 5);
            assertThat(origin).isBefore(hour(145));
        }
        // The same days are kept when the change comes later.
        assertThat(origins(Objects.requireNonNull(
                        parts(hours(251), hour(200), settings).calm())))
                .containsAll(origins(calm));
        assertThat(parts(hours(201), null, settings).calm()).isNull();
    }

    @Test
    void tooFewRecentSamplesAreNoSplit() {
        Split split =
                Split.of(pipeline, samples(pipeline, series(pipeline, "A", hours(101))), hour(61), settings(40, 10, 0));

        assertThat(split).isEqualTo(new Split.TooFew(39, 40));
    }

    @Test
    void theGapsRaiseTheMinimum() {
        // Two gaps of 5 and one sample to fit must fit into half of the recent ones.
        Split split = Split.of(pipeline, List.of(), null, settings(8, 10, 0));

        assertThat(split).isEqualTo(new Split.TooFew(0, 22));
        // Hold-out 6, validation 4 and 5: 7 of 22 are left, 6 of them with a target and 2 with both.
        assertThat(parts(hours(24), null, settings(8, 10, 0)).train().samples())
                .hasSize(6)
                .filteredOn(sample -> !Double.isNaN(sample.targets()[1]))
                .hasSize(2);
    }

    @Test
    void stationsOfOneOriginStayTogether() {
        List<Observation> both = new ArrayList<>(series(pipeline, "A", hours(101)));
        both.addAll(series(pipeline, "B", hours(101)));

        Split.Parts parts = (Split.Parts) Split.of(pipeline, samples(pipeline, both), null, settings(40, 1000, 0));

        assertThat(parts.recent()).isEqualTo(99);
        assertThat(parts.holdOut().size()).isEqualTo(2 * 29);
        assertThat(parts.validation().to()).isBefore(firstOrigin(parts.holdOut()));
    }

    @Test
    void samplesWithoutTimesAreDividedByTheirOrder() {
        List<Sample> samples = IntStream.range(0, 99)
                .mapToObj(i -> new Sample(new Lookback(new double[][] {{i}, {i + 1}}, null), new double[] {i, i}))
                .toList();

        Split.Parts parts = (Split.Parts) Split.of(pipeline, samples, null, settings(40, 1000, 0));

        assertThat(parts.train().size()).isEqualTo(41);
        assertThat(parts.holdOut().samples().getFirst().targets()[0]).isEqualTo(70);
    }

    private Split.Parts parts(
            double[] values, @org.jspecify.annotations.Nullable Instant since, SplitSettings settings) {
        return (Split.Parts) Split.of(pipeline, samples(pipeline, series(pipeline, "A", values)), since, settings);
    }

    private static SplitSettings settings(int minimum, int replay, double share) {
        return new SplitSettings(minimum, 0.3, 0, 0.2, replay, 1000, share, 8, 1000);
    }

    private static double[] hours(int count) {
        return IntStream.range(0, count).mapToDouble(i -> i).toArray();
    }

    private static List<Instant> range(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Observations::hour).toList();
    }

    private static List<Instant> origins(Dataset dataset) {
        return dataset.samples().stream()
                .map(sample -> Objects.requireNonNull(sample.lookback().origin()))
                .toList();
    }

    private static Instant firstOrigin(Dataset dataset) {
        return origins(dataset).getFirst();
    }

    private static double[] targets(Dataset dataset, Instant origin) {
        return dataset.samples().stream()
                .filter(sample -> origin.equals(sample.lookback().origin()))
                .findFirst()
                .orElseThrow()
                .targets();
    }
}
