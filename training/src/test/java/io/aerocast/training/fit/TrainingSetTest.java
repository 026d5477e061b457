package io.aerocast.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.forecast.Lookback;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

class TrainingSetTest {

    private static final double MISSING = Double.NaN;

    private final Pipeline pipeline = new Pipeline(
            "weather",
            List.of(
                    new Feature("temperature", "°C", "temp", -60, 60),
                    new Feature("pressure", "hPa", "pressure", 870, 1085)),
            Duration.ofHours(1),
            2,
            List.of(1, 6),
            List.of());

    /// Temperatures 1, 3, 3, 5: mean 3, variance 2. Pressures 1000, 1000, 1000: constant.
    private final TrainingSet set = TrainingSet.of(dataset(
            new Sample(new Lookback(new double[][] {{1, 1000}, {3, MISSING}}, Synthetic.hour(1)), new double[] {7, 6}),
            new Sample(new Lookback(new double[][] {{3, 1000}, {5, 1000}}, Synthetic.hour(2)), new double[] {5, MISSING
            })));

    @Test
    void standardisesEachFeatureByItsReadings() {
        assertThat(set.encoder().scaler().mean()).containsExactly(3, 1000);
        assertThat(set.encoder().scaler().deviation())
                .containsExactly(new double[] {Math.sqrt(2), 1085 - 870}, within(1e-12));
        assertThat(set.x()[0][0]).containsExactly(new double[] {-Math.sqrt(2), 0, 0, 0}, within(1e-12));
        assertThat(set.x()[0][1]).containsExactly(new double[] {0, 0, 1, 0}, within(1e-12));
    }

    /// Otherwise its first reading would be hundreds of standard deviations away from the training data.
    @Test
    void aFeatureThatWasNeverReadHasTheScaleOfItsPlausibleRange() {
        TrainingSet silent = TrainingSet.of(dataset(new Sample(
                new Lookback(new double[][] {{1, MISSING}, {3, MISSING}}, Synthetic.hour(1)), new double[] {7, 6})));

        assertThat(silent.encoder().scaler().mean()[1]).isEqualTo((870 + 1085) / 2.0);
        assertThat(silent.encoder().scaler().deviation()[1]).isEqualTo(1085 - 870);
        assertThat(silent.encoder().changeDeviation()[1]).isEqualTo(1085 - 870);
        assertThat(silent.x()[0][1][1]).isZero();
    }

    /// Changes at one hour 4 and 0, at six hours 3: root mean squares √8 and 3.
    @Test
    void scalesChangesPerHorizon() {
        assertThat(set.changeScale()).containsExactly(new double[] {Math.sqrt(8), 3}, within(1e-12));
        assertThat(set.y()[0]).containsExactly(new double[] {Math.sqrt(2), 1}, within(1e-12));
        assertThat(set.y()[1][0]).isZero();
        assertThat(set.y()[1][1]).isNaN();
    }

    /// Both lookbacks rise by 2 K; the pressure has one unknown change, and one of 0.
    @Test
    void scalesTheChangeFromStepToStep() {
        assertThat(set.encoder().changeDeviation()).containsExactly(2, 1085 - 870);
    }

    /// The samples span some hours, less than a day.
    @Test
    void encodesOnlyCyclesOfWhichTheDataHoldMost() {
        assertThat(set.encoder().cycles()).isEmpty();

        Pipeline daily = Synthetic.pipeline(3, 1);
        TrainingSet days = TrainingSet.of(Synthetic.dataset(daily, Synthetic.weather(80), 0, 60));
        assertThat(days.encoder().cycles()).containsExactly(Duration.ofHours(24));
        INDArray inputs = days.batch(new int[] {0}, steps -> days.augmented(steps, 0, true))
                .getFeatures();
        assertThat(days.x()[0][2][2]).isNotZero();
        assertThat(inputs.getDouble(0, 2, 2)).isZero();
        assertThat(inputs.getDouble(0, 2, 3)).isZero();
        assertThat(inputs.getDouble(0, 2, 1)).isEqualTo(days.x()[0][2][1]);
    }

    @Test
    void movesTheLevelOfTheTargetAlone() {
        double[][] moved = set.augmented(set.x()[0], 1.5, false);

        assertThat(moved[1]).containsExactly(new double[] {1.5, 0, 1, 0}, within(1e-12));
        assertThat(set.x()[0][1][0]).isZero();
    }

    @Test
    void masksAMissingTargetInABatch() {
        DataSet batch = set.batch(new int[] {1, 0}, steps -> steps);

        assertThat(batch.getFeatures().shape()).containsExactly(2, 2, 4);
        assertThat(batch.getFeatures().getDouble(1, 0, 0)).isCloseTo(-Math.sqrt(2), within(1e-12));
        assertThat(batch.getLabels().getDouble(0, 1)).isZero();
        assertThat(batch.getLabels().getDouble(1, 1)).isEqualTo(1);
        assertThat(batch.getLabelsMaskArray().toDoubleMatrix()).isDeepEqualTo(new double[][] {{1, 0}, {1, 1}});
    }

    @Test
    void needsNoMaskWithoutMissingTargets() {
        assertThat(set.batch(new int[] {0}, steps -> steps).getLabelsMaskArray())
                .isNull();
    }

    @Test
    void refusesAHorizonWithoutTargets() {
        Dataset dataset =
                dataset(new Sample(new Lookback(new double[][] {{1, 2}, {3, 4}}, null), new double[] {7, MISSING}));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrainingSet.of(dataset))
                .withMessage("Cannot fit on 1 samples of pipeline weather: none has a target 6 steps ahead");
    }

    private Dataset dataset(Sample... samples) {
        return Synthetic.dataset(pipeline, List.of(samples), Synthetic.START, Synthetic.hour(8));
    }
}
