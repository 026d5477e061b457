package io.aerocast.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.Prediction;
import io.aerocast.forecast.SeasonalModel;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.training.dataset.Dataset;
import io.aerocast.training.dataset.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeasonalFitterTest {

    private final Pipeline pipeline = Synthetic.pipeline(3, 1, 6);
    private final Pipeline unknown = unknown();
    private final Fitter fitter = new SeasonalFitter(settings(1e-6));

    /// The same pipeline of a feature that the climatology does not know.
    private Pipeline unknown() {
        return new Pipeline(
                pipeline.name(),
                List.of(new Feature("humidity", "%", "humidity", 0, 100)),
                pipeline.cadence(),
                pipeline.lookback(),
                pipeline.horizons(),
                pipeline.seasons());
    }

    static SeasonalSettings settings(double ridge) {
        return new SeasonalSettings(ridge, 1440, 0.9, 42);
    }

    /// The noise has no memory, so little more remains of a deviation of 2 than its share of a day's mean.
    @Test
    void findsTheSeasonalMean() {
        Random random = new Random(1);
        Pipeline day = Synthetic.pipeline(24, 1, 6);
        IntToDoubleFunction normal = hour -> 10 + 5 * Math.cos(2 * Math.PI * hour / 24);
        double[] series = Synthetic.series(7200, hour -> normal.applyAsDouble(hour) + 0.1 * random.nextGaussian());

        Prediction prediction = fit(day, series).predict(at(7200, 24, normal, 2));

        assertThat(prediction.value()[0]).isCloseTo(normal.applyAsDouble(7201), within(0.2));
        assertThat(prediction.value()[1]).isCloseTo(normal.applyAsDouble(7206), within(0.2));
    }

    /// 0.9 of a deviation remains after an hour, 0.53 after six, minus the part that a short past attributes to the
    /// level.
    @Test
    void fitsTheDecayOfADeviation() {
        IntToDoubleFunction normal = hour -> 15 + 6 * Math.sin(2 * Math.PI * hour / 24);
        Pipeline day = Synthetic.pipeline(24, 1, 6);
        ForecastModel model = fit(day, Synthetic.weather(6000));

        double[] some = model.predict(at(6007, 24, normal, 3)).value();
        double[] none = model.predict(at(6007, 24, normal, 0)).value();

        assertThat((some[0] - none[0]) / 3).isCloseTo(0.9, within(0.07));
        assertThat((some[1] - none[1]) / 3).isCloseTo(Math.pow(0.9, 6), within(0.15));
    }

    /// Two years of a yearly wave determine the seasonal mean, so a warm day is expected to end.
    @Test
    void theLevelReturnsToTheSeasonalMeanOnceThatIsKnown() {
        double[] series = Synthetic.weather(2 * 8766 + 2000);
        for (int hour = 0; hour < series.length; hour++) {
            series[hour] += 8 * Math.sin(2 * Math.PI * hour / 8766);
        }
        Dataset train = Synthetic.dataset(pipeline, series, 0, 2 * 8766 + 24);
        Dataset validation = Synthetic.dataset(pipeline, series, 2 * 8766 + 24, series.length - 6);

        ForecastModel model = fitter.fit(train, validation, Synthetic.SETTINGS, FitProgress.SILENT);

        assertThat(model.card().hyperparameters()).containsEntry("terms", "4"); // a constant, 2 differences, the level
        double[] warm = model.predict(at(4000, 3, hour -> series[hour] + 6, 0)).value();
        double[] usual = model.predict(at(4000, 3, hour -> series[hour], 0)).value();
        assertThat((warm[1] - usual[1]) / 6).isCloseTo(Math.pow(0.9, 6), within(0.15));
    }

    @Test
    void learnsFromOtherFeatures() {
        Pipeline two = new Pipeline(
                "two",
                List.of(
                        new Feature("temperature", "°C", "temp", -60, 60),
                        new Feature("pressure", "hPa", "pressure", 870, 1085)),
                Duration.ofHours(1),
                3,
                List.of(1),
                List.of());
        Random random = new Random(5);
        List<Sample> samples = new ArrayList<>();
        double[] temperature = new double[1000];
        double[] pressure = random.doubles(1000, 1000, 1020).toArray();
        for (int hour = 1; hour < 1000; hour++) {
            temperature[hour] = temperature[hour - 1] + 0.1 * (pressure[hour - 1] - 1010);
        }
        for (int hour = 2; hour < 999; hour++) {
            double[][] rows = new double[3][];
            for (int step = 0; step < 3; step++) {
                rows[step] = new double[] {temperature[hour - 2 + step], pressure[hour - 2 + step]};
            }
            samples.add(new Sample(new Lookback(rows, Synthetic.hour(hour)), new double[] {temperature[hour + 1]}));
        }
        Dataset train = Synthetic.dataset(two, samples.subList(0, 700), Synthetic.hour(0), Synthetic.hour(703));
        Dataset validation =
                Synthetic.dataset(two, samples.subList(710, 990), Synthetic.hour(710), Synthetic.hour(999));

        ForecastModel model = fitter.fit(train, validation, Synthetic.SETTINGS, FitProgress.SILENT);

        assertThat(Residuals.of(model, validation).rmse(0)).isLessThan(0.02);
    }

    /// One target in ten is off by 30; least squares would be off by some degrees.
    @Test
    void isRobustAgainstOutliers() {
        double[] series = Synthetic.weather(1500);
        Dataset whole = Synthetic.dataset(pipeline, series, 0, 1000);
        Random random = new Random(3);
        List<Sample> spoilt = whole.samples().stream()
                .map(sample -> random.nextInt(10) > 0
                        ? sample
                        : new Sample(sample.lookback(), new double[] {45, sample.targets()[1]}))
                .toList();
        Dataset validation = Synthetic.dataset(pipeline, series, 1006, 1400);

        ForecastModel model = fitter.fit(
                Synthetic.dataset(pipeline, spoilt, whole.from(), whole.to()),
                validation,
                Synthetic.SETTINGS,
                FitProgress.SILENT);

        double clean = Residuals.of(fit(series), validation).rmse(0);
        assertThat(Residuals.of(model, validation).rmse(0)).isLessThan(1.3 * clean);
    }

    @Test
    void beatsPersistenceAndReachesItsNominalCoverage() {
        double[] series = Synthetic.weather(3000);
        ForecastModel model = fit(series);
        Dataset later = Synthetic.dataset(pipeline, series, 2000, 2900);

        Residuals residuals = Residuals.of(model, later);
        assertThat(residuals.rmse(0)).isLessThan(0.4 * Synthetic.persistenceRmse(later));
        long held = later.samples().stream()
                .filter(sample -> {
                    Prediction prediction = model.predict(sample.lookback());
                    return sample.targets()[0] >= prediction.lower()[0]
                            && sample.targets()[0] <= prediction.upper()[0];
                })
                .count();
        assertThat(held / (double) later.samples().size()).isBetween(0.86, 0.94);
    }

    @Test
    void leavesOutASeasonThatNeitherTheDataSpanNorTheClimatologyKnows() {
        assertThat(fit(unknown, Synthetic.weather(1000))
                        .card()
                        .hyperparameters()
                        .get("seasons"))
                .isEqualTo("[Season[period=PT24H, harmonics=2]]");
        assertThat(fit(Synthetic.weather(1000)).card().hyperparameters().get("seasons"))
                .isEqualTo("[Season[period=PT24H, harmonics=2], Season[period=PT8766H, harmonics=1]]");
    }

    /// Nine months of a year, at a northern and a southern station. The rest of the year is extrapolated.
    @ParameterizedTest
    @ValueSource(doubles = {-10, 10, 1})
    void knowsTheAnnualCycleFromMostOfAYear(double january) {
        IntToDoubleFunction cycle = hour -> january * Math.cos(2 * Math.PI * (hour - 445) / 8766);
        double[] series = year(cycle, 6600);

        SeasonalModel model = (SeasonalModel) fit(series);

        for (int hour = 6600; hour < 8766; hour += 24) {
            assertThat(model.mean().at(Synthetic.hour(hour + 6))[0])
                    .isCloseTo(15 + 6 + cycle.applyAsDouble(hour + 6), within(1.5));
        }
    }

    /// Three weeks of a rising temperature do not make a year of 50 degrees.
    @Test
    void doesNotExtrapolateAFewWeeksToAYear() {
        IntToDoubleFunction warming = hour -> 5.0 * hour / 500;

        SeasonalModel model = (SeasonalModel) fit(year(warming, 500));

        for (int hour = 0; hour < 8766; hour += 24) {
            assertThat(model.mean().at(Synthetic.hour(hour + 6))[0]).isBetween(0.0, 40.0);
        }
    }

    private static double[] year(IntToDoubleFunction cycle, int length) {
        double[] series = Synthetic.weather(length);
        Arrays.setAll(series, hour -> series[hour] + cycle.applyAsDouble(hour));
        return series;
    }

    /// A year and a half does not determine the level, although there are two years with the validation data.
    @Test
    void theServingModelHasTheTermsOfTheCalibratedOne() {
        double[] series = Synthetic.weather(2 * 8766 + 2000);
        Dataset train = Synthetic.dataset(unknown, series, 0, 3 * 8766 / 2);
        Dataset validation = Synthetic.dataset(unknown, series, 3 * 8766 / 2, series.length - 6);

        ForecastModel model = fitter.fit(train, validation, Synthetic.SETTINGS, FitProgress.SILENT);

        assertThat(model.card().hyperparameters()).containsEntry("terms", "3"); // a constant and 2 differences
        assertThat(SeasonalStructure.of(train).trend()).isNull();
        assertThat(SeasonalStructure.of(Synthetic.dataset(unknown, series, 0, series.length - 6))
                        .trend())
                .isNotNull();
    }

    @Test
    void ignoresMissingTargets() {
        double[] series = Synthetic.weather(1200);
        Dataset whole = Synthetic.dataset(pipeline, series, 0, 800);
        List<Sample> thinned = whole.samples().stream()
                .map(sample -> sample.targets()[0] > 18
                        ? new Sample(sample.lookback(), new double[] {Double.NaN, sample.targets()[1]})
                        : sample)
                .toList();
        Dataset train = Synthetic.dataset(pipeline, thinned, whole.from(), whole.to());
        Dataset validation = Synthetic.dataset(pipeline, series, 800, 1100);

        ForecastModel model = fitter.fit(train, validation, Synthetic.SETTINGS, FitProgress.SILENT);

        assertThat(Residuals.of(model, validation).rmse(0)).isLessThan(0.4);
    }

    @Test
    void fitsAConstantTarget() {
        assertThat(fit(Synthetic.series(300, hour -> 4))
                        .predict(at(301, 3, hour -> 4, 0))
                        .value())
                .containsExactly(new double[] {4, 4}, within(1e-3));
    }

    @Test
    void fillsInTheCard() {
        double[] series = Synthetic.weather(1000);
        Dataset train = Synthetic.dataset(pipeline, series, 0, 700);
        Dataset validation = Synthetic.dataset(pipeline, series, 700, 900);

        ForecastModel model = fitter.fit(train, validation, Synthetic.SETTINGS, FitProgress.SILENT);

        assertThat(model.card().model()).isEqualTo(fitter.kind()).isEqualTo("seasonal");
        assertThat(model.needsTime()).isEqualTo(fitter.needsTime()).isTrue();
        assertThat(model.card().version()).isEqualTo("v1");
        assertThat(model.card().windows()).isEqualTo(698);
        assertThat(model.card().trainedFrom()).isEqualTo(train.from());
        assertThat(model.card().trainedTo()).isEqualTo(validation.to());
        assertThat(model.card().commit()).isEqualTo("abc");
        assertThat(model.card().metrics())
                .containsOnlyKeys(
                        "validationRmse.h1",
                        "validationRmse.h6",
                        "validationPersistenceRmse.h1",
                        "validationPersistenceRmse.h6");
    }

    @Test
    void givesTheSameArtifactForTheSameData() {
        double[] series = Synthetic.weather(1000);

        assertThat(ModelArtifact.write(fit(series))).isEqualTo(ModelArtifact.write(fit(series)));
    }

    @Test
    void refusesSamplesWithoutTimes() {
        Sample timeless = new Sample(new Lookback(new double[][] {{1}, {2}, {3}}, null), new double[] {4, 5});
        Dataset dataset = Synthetic.dataset(pipeline, List.of(timeless), Synthetic.START, Synthetic.hour(9));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> fitter.fit(dataset, dataset, Synthetic.SETTINGS, FitProgress.SILENT))
                .withMessage("Cannot fit a seasonal model on samples without times: a seasonal mean depends on them");
    }

    private ForecastModel fit(double[] series) {
        return fit(pipeline, series);
    }

    private ForecastModel fit(Pipeline of, double[] series) {
        int split = series.length * 2 / 3;
        return fitter.fit(
                Synthetic.dataset(of, series, 0, split),
                Synthetic.dataset(of, series, split, series.length - 6),
                Synthetic.SETTINGS,
                FitProgress.SILENT);
    }

    /// Readings equal to the seasonal mean, except the latest one.
    private static Lookback at(int hour, int steps, IntToDoubleFunction normal, double deviation) {
        double[][] rows = new double[steps][];
        for (int step = 0; step < steps; step++) {
            rows[step] = new double[] {normal.applyAsDouble(hour - steps + 1 + step)};
        }
        rows[steps - 1][0] += deviation;
        return new Lookback(rows, Synthetic.hour(hour));
    }
}
