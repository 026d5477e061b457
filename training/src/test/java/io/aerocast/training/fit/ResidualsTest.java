package io.aerocast.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.FourierBasis;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.SeasonalModel;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResidualsTest {

    private final Pipeline pipeline = Synthetic.pipeline(2, 1, 3);

    /// The errors at the first horizon are 9, 8, … 1, some of them negative; at the second one they are 2 and 4.
    private final Residuals residuals = Residuals.of(
            alwaysTen(),
            dataset(
                    new double[] {19, 12},
                    new double[] {2, 14},
                    new double[] {17, Double.NaN},
                    new double[] {4, Double.NaN},
                    new double[] {15, Double.NaN},
                    new double[] {6, Double.NaN},
                    new double[] {13, Double.NaN},
                    new double[] {8, Double.NaN},
                    new double[] {11, Double.NaN}));

    @Test
    void ignoreMissingTargets() {
        assertThat(residuals.rmse(0)).isCloseTo(Math.sqrt(285 / 9.0), within(1e-12));
        assertThat(residuals.rmse(1)).isCloseTo(Math.sqrt(10), within(1e-12));
        assertThat(residuals.metrics())
                .containsOnlyKeys(
                        "validationRmse.h1",
                        "validationRmse.h3",
                        "validationPersistenceRmse.h1",
                        "validationPersistenceRmse.h3");
        // The latest reading is 0, and the targets three hours ahead are 12 and 14.
        assertThat(residuals.metrics().get("validationPersistenceRmse.h3")).isCloseTo(Math.sqrt(170), within(1e-12));
    }

    /// n = 9: rank ⌈10 · 0.5⌉ = 5, ⌈10 · 0.81⌉ = 9. n = 2: ⌈3 · 0.5⌉ = 2.
    @Test
    void giveTheConformalHalfWidths() {
        assertThat(residuals.halfWidths(0.5)).containsExactly(new double[] {5, 4}, within(1e-12));
        assertThat(residuals.halfWidths(0.81)).containsExactly(new double[] {9, 4}, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"9, 0.9, 9", "10, 0.9, 10", "19, 0.9, 18", "99, 0.55, 55", "99, 0.551, 56", "8, 0.9, 9"})
    void rankAsTheCoverageIsWritten(int errors, double coverage, int rank) {
        assertThat(Residuals.rank(errors, coverage)).isEqualTo(rank);
    }

    @Test
    void giveTheLargestErrorWhereTheCoverageAsksForMore() {
        assertThat(residuals.halfWidths(0.99)).containsExactly(new double[] {9, 4}, within(1e-12));
    }

    /// A thousandth of −60 to 60 °C.
    @Test
    void giveAnIntervalToAConstantTarget() {
        Residuals none = Residuals.of(alwaysTen(), dataset(new double[] {10, 10}, new double[] {10, 10.05}));

        assertThat(none.halfWidths(0.9)).containsExactly(new double[] {0.12, 0.12}, within(1e-12));
    }

    @Test
    void refuseAHorizonWithoutTargets() {
        Dataset dataset = dataset(new double[] {1, Double.NaN});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Residuals.of(alwaysTen(), dataset))
                .withMessage("Cannot fit on 1 samples of pipeline small: none has a target 3 steps ahead");
    }

    private Dataset dataset(double[]... targets) {
        List<Sample> samples = IntStream.range(0, targets.length)
                .mapToObj(i -> new Sample(new Lookback(new double[][] {{0}, {0}}, Synthetic.hour(i)), targets[i]))
                .toList();
        return Synthetic.dataset(pipeline, samples, Synthetic.START, Synthetic.hour(targets.length));
    }

    private ForecastModel alwaysTen() {
        Dataset any = dataset(new double[] {0, 0});
        return new SeasonalModel(
                Synthetic.SETTINGS.card(SeasonalModel.KIND, any, any, 0, Map.of()),
                Duration.ofHours(1),
                new FourierBasis(List.of()),
                new double[] {10},
                new double[2],
                new double[2]);
    }
}
