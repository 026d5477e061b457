package io.aerocast.training.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.event.Observation;
import io.aerocast.forecast.StationSeries;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Season;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccuracyTest {

    @Test
    void byHand() {
        Accuracy accuracy = Accuracy.of(6, new double[] {3, -4, Double.NaN, 0, 1});

        assertThat(accuracy.count()).isEqualTo(4);
        assertThat(accuracy.rmse()).isCloseTo(Math.sqrt(26.0 / 4), within(1e-12));
        assertThat(accuracy.mae()).isEqualTo(2);
        assertThat(accuracy.mase(4)).isEqualTo(0.5);
    }

    @Test
    void skillIsTheFractionOfTheSquaredErrorThatIsAvoided() {
        Accuracy model = Accuracy.of(1, new double[] {1, -1});
        Accuracy reference = Accuracy.of(1, new double[] {2, -2});

        assertThat(model.skill(reference)).isEqualTo(0.75);
        assertThat(reference.skill(model)).isEqualTo(-3);
        assertThat(model.skill(model)).isZero();
    }

    @Test
    void isNaNWithoutObservations() {
        assertThat(Accuracy.of(1, new double[0]).rmse()).isNaN();
    }

    @Test
    void theSeasonalNaiveForecastIsTheLatestReadingOfTheSamePhase() {
        SeasonalNaive naive = new SeasonalNaive(pipeline(List.of(new Season(Duration.ofHours(4), 1))));
        StationSeries series = series(0, 10, 20, 30, 41, Double.NaN, 62, 73);

        assertThat(naive.season()).isEqualTo(4);
        assertThat(naive.forecast(series, hour(7), 1)).isEqualTo(41);
        assertThat(naive.forecast(series, hour(7), 2)).isEqualTo(10); // that of one season ago is missing
        assertThat(naive.forecast(series, hour(7), 4)).isEqualTo(73);
        assertThat(naive.forecast(series, hour(7), 7)).isEqualTo(62); // two seasons before the target
        assertThat(naive.forecast(series, hour(4), 5)).isEqualTo(10); // never later than its origin
        // Readings one season apart: 41−0, 62−20, 73−30.
        assertThat(naive.scale(List.of(series))).isEqualTo((41.0 + 42 + 43) / 3);
    }

    @Test
    void withoutASeasonItIsPersistence() {
        SeasonalNaive naive = new SeasonalNaive(pipeline(List.of()));
        StationSeries series = series(1, 2, 4, 8);

        assertThat(naive.season()).isOne();
        assertThat(naive.forecast(series, hour(2), 3)).isEqualTo(4);
        assertThat(naive.scale(List.of(series))).isEqualTo((1.0 + 2 + 4) / 3);
    }

    private static Pipeline pipeline(List<Season> seasons) {
        return new Pipeline(
                "small",
                List.of(new Feature("temperature", "°C", "temp", -60, 90)),
                Duration.ofHours(1),
                2,
                List.of(1),
                seasons);
    }

    private static StationSeries series(double... values) {
        StationSeries series = StationSeries.unbounded(pipeline(List.of()));
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                series.add(new Observation("small", "A", hour(i), Map.of("temperature", values[i])));
            }
        }
        return series;
    }

    private static Instant hour(int hour) {
        return Instant.EPOCH.plus(Duration.ofHours(hour));
    }
}
