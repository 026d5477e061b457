package io.aerocast.api.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.event.Evaluation;
import io.aerocast.event.Evaluation.Pair;
import io.aerocast.event.EvaluationSource;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RollingErrorsTest {

    private final RollingErrors errors = new RollingErrors(3, 2);

    @Test
    void isTheRootMeanSquareOfTheNewest() {
        add("a", 3, 10);
        add("a", 0, 11);
        RollingError third = add("a", -3, 12);
        RollingError fourth = add("a", 4, 13);

        assertThat(third.rmse()).isEqualTo(Math.sqrt(6), within(1e-12));
        assertThat(third.count()).isEqualTo(3);
        assertThat(fourth.rmse()).isEqualTo(Math.sqrt(25.0 / 3), within(1e-12));
        assertThat(fourth.count()).isEqualTo(3);
        assertThat(fourth.newest()).isEqualTo(Instant.ofEpochSecond(13));
    }

    @Test
    void countsARepeatedEvaluationOnce() {
        add("a", 3, 10);

        assertThat(add("a", 3, 10).count()).isEqualTo(1);
    }

    @Test
    void doesNotDependOnTheOrderOfArrival() {
        for (long offset : new long[] {4, 2, 5, 3}) {
            add("a", offset, offset);
        }

        // the newest three: 3² + 4² + 5² = 50
        assertThat(of("a")).satisfies(e -> {
            assertThat(e.rmse()).isEqualTo(Math.sqrt(50.0 / 3), within(1e-12));
            assertThat(e.newest()).isEqualTo(Instant.ofEpochSecond(5));
        });
    }

    @Test
    void ignoresWhatIsOlderThanAFullWindow() {
        for (long offset : new long[] {4, 3, 5, 2}) {
            add("a", offset, offset);
        }

        assertThat(of("a").rmse()).isEqualTo(Math.sqrt(50.0 / 3), within(1e-12));
    }

    @Test
    void keepsManyMoreThanItStartsWith() {
        RollingErrors wide = new RollingErrors(100, 2);
        for (int i = 1; i <= 250; i++) {
            wide.add(evaluation("a", pair(1, "1", 20 - i, null, null)), i, Instant.ofEpochSecond(i));
        }

        double sum = 0;
        for (int i = 151; i <= 250; i++) {
            sum += (double) i * i;
        }
        assertThat(wide.of("sim", "a", "temperature").getFirst().rmse()).isEqualTo(Math.sqrt(sum / 100), within(1e-9));
    }

    @Test
    void aNewVersionStartsWithItsOwnErrors() {
        addVersion("1", 3, 1);
        addVersion("1", 3, 2);
        RollingError second = addVersion("2", 1, 4);

        assertThat(second.modelVersion()).isEqualTo("2");
        assertThat(second.count()).isEqualTo(1);
        assertThat(second.rmse()).isEqualTo(1.0, within(1e-12));
    }

    @Test
    void anEarlierVersionThatArrivesLateDoesNotCount() {
        addVersion("2", 1, 4);

        assertThat(addVersion("1", 3, 3).modelVersion()).isEqualTo("2");
        assertThat(addVersion("1", 3, 3).count()).isEqualTo(1);
    }

    @Test
    void eachHorizonHasItsOwnErrorsAndVersion() {
        RollingErrors both = new RollingErrors(3, 100);
        both.add(evaluation("a", pair(1, "2", 18, null, null), pair(24, "1", 15, null, null)), 1, Instant.EPOCH);

        assertThat(both.of("sim", "a", "temperature"))
                .extracting(RollingError::horizon, RollingError::modelVersion, RollingError::rmse)
                .containsExactly(tuple(1, "2", 2.0), tuple(24, "1", 5.0));
        assertThat(both.of("sim", "a", "windspeed")).isEmpty();
    }

    @Test
    void dropsTheLeastRecentlyEvaluatedStation() {
        add("a", 1, 1);
        add("b", 1, 2);
        add("a", 1, 3);
        add("c", 1, 4);

        assertThat(errors.of("sim", "b", "temperature")).isEmpty();
        assertThat(of("a").count()).isEqualTo(2);
        assertThat(errors.of("sim", "c", "temperature")).hasSize(1);
        assertThat(errors.size()).isEqualTo(2);
    }

    @Test
    void comparesWithPersistenceOnTheSameObservations() {
        matched(22, 23.0, null, 1); // observed 20: squares 4 and 9
        RollingError error = matched(20, 21.0, null, 2); // squares 0 and 1

        assertThat(error.persistenceRmse()).isEqualTo(Math.sqrt(5), within(1e-12));
        assertThat(error.skill()).isEqualTo(1 - 2.0 / 5, within(1e-12));
        assertThat(error.skillCount()).isEqualTo(2);
    }

    @Test
    void hasSkillOverTheEvaluationsWhosePersistenceIsKnown() {
        matched(22, 24.0, null, 1); // squares 4 and 16
        RollingError error = matched(30, null, null, 2);

        assertThat(error.count()).isEqualTo(2);
        assertThat(error.rmse()).isEqualTo(Math.sqrt(52), within(1e-12));
        assertThat(error.skill()).isEqualTo(0.75, within(1e-12));
        assertThat(error.persistenceRmse()).isEqualTo(4.0, within(1e-12));
        assertThat(error.skillCount()).isEqualTo(1);
    }

    @Test
    void hasNoSkillWherePersistenceIsUnknownOrWithoutError() {
        assertThat(matched(22, null, null, 1).skill()).isNull();
        assertThat(matched(22, null, null, 1).persistenceRmse()).isNull();

        assertThat(matched(22, 20.0, null, 2).skill()).isNull();
        assertThat(matched(22, 23.0, null, 3).skill()).isNotNull();
    }

    @Test
    void countsTheObservedValuesWithinTheirIntervals() {
        matched(19, null, 1.0, 1); // 18 to 20 holds 20
        matched(18.9, null, 1.0, 2);
        RollingError error = matched(20, null, null, 3);

        assertThat(error.coverage()).isEqualTo(0.5, within(1e-12));
        assertThat(error.coverageCount()).isEqualTo(2);
    }

    /// An evaluation with the observed value 20.
    private RollingError matched(
            double predicted, @Nullable Double persistence, @Nullable Double halfWidth, long offset) {
        return add(evaluation("m", pair(1, "1", predicted, persistence, halfWidth)), offset);
    }

    private RollingError add(String station, double residual, long offset) {
        return add(evaluation(station, pair(1, "1", 20 - residual, null, null)), offset);
    }

    private RollingError addVersion(String version, double residual, long offset) {
        return add(evaluation("v", pair(1, version, 20 - residual, null, null)), offset);
    }

    private RollingError add(Evaluation evaluation, long offset) {
        errors.add(evaluation, offset, Instant.ofEpochSecond(offset));
        return errors.of(evaluation);
    }

    private RollingError of(String station) {
        return errors.of("sim", station, "temperature").getFirst();
    }

    private static Pair pair(
            int horizon, String version, double predicted, @Nullable Double persistence, @Nullable Double halfWidth) {
        return new Pair(
                horizon,
                version,
                predicted,
                persistence,
                halfWidth == null ? null : predicted - halfWidth,
                halfWidth == null ? null : predicted + halfWidth);
    }

    private static Evaluation evaluation(String station, Pair... pairs) {
        return new Evaluation(
                "sim", station, "temperature", "gru", null, 20, EvaluationSource.MATCHED, null, List.of(pairs));
    }
}
