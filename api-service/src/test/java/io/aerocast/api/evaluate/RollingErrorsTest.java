package io.aerocast.api.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.event.Evaluation;
import io.aerocast.event.EvaluationSource;
import java.time.Instant;
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
        assertThat(errors.of("sim", "a"))
                .singleElement()
                .satisfies(e -> assertThat(e.rmse()).isEqualTo(Math.sqrt(50.0 / 3), within(1e-12)));
    }

    @Test
    void dropsTheLeastRecentlyChangedSeries() {
        add("a", 1, 1);
        add("b", 1, 2);
        add("a", 1, 3);
        add("c", 1, 4);

        assertThat(errors.of("sim", "b")).isEmpty();
        assertThat(errors.of("sim", "a"))
                .singleElement()
                .extracting(RollingError::count)
                .isEqualTo(2);
        assertThat(errors.of("sim", "c")).hasSize(1);
    }

    @Test
    void comparesWithPersistenceOnTheSameObservations() {
        matched(22, 23.0, null, 1); // observed 20: squares 4 and 9
        RollingError error = matched(20, 21.0, null, 2); // squares 0 and 1

        assertThat(error.persistenceRmse()).isEqualTo(Math.sqrt(5), within(1e-12));
        assertThat(error.skill()).isEqualTo(1 - 2.0 / 5, within(1e-12));
    }

    @Test
    void hasNoSkillWherePersistenceIsUnknownOrWithoutError() {
        assertThat(matched(22, 20.0, null, 1).skill()).isNull();
        assertThat(matched(22, 23.0, null, 2).skill()).isNotNull();

        RollingError error = matched(22, null, null, 3);

        assertThat(error.persistenceRmse()).isNull();
        assertThat(error.skill()).isNull();
    }

    @Test
    void countsTheObservedValuesWithinTheirIntervals() {
        matched(19, null, 1.0, 1); // 18 to 20 holds 20
        matched(18.9, null, 1.0, 2);
        assertThat(matched(20, null, 1.0, 3).coverage()).isEqualTo(2.0 / 3, within(1e-12));

        assertThat(matched(20, null, null, 4).coverage()).isNull();
    }

    /// An evaluation with the observed value 20.
    private RollingError matched(
            double predicted, @Nullable Double persistence, @Nullable Double halfWidth, long offset) {
        return errors.add(
                new Evaluation(
                        "f",
                        "sim",
                        "m",
                        "gru",
                        "1",
                        null,
                        1,
                        predicted,
                        20,
                        persistence,
                        EvaluationSource.MATCHED,
                        halfWidth == null ? null : predicted - halfWidth,
                        halfWidth == null ? null : predicted + halfWidth),
                offset,
                Instant.ofEpochSecond(offset));
    }

    private RollingError add(String station, double residual, long offset) {
        return errors.add(
                new Evaluation(
                        null, "sim", station, "gru", "1", null, 1, 20, 20 + residual, null, EvaluationSource.REPORTED),
                offset,
                Instant.ofEpochSecond(offset));
    }
}
