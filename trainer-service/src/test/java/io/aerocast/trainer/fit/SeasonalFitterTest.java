package io.aerocast.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.ModelArtifact;
import io.aerocast.forecast.Prediction;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.trainer.dataset.Dataset;
import io.aerocast.trainer.dataset.Sample;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeasonalFitterTest {

    private final Pipeline pipeline = Synthetic.pipeline(3, 1, 6);
    private final Fitter fitter = new SeasonalFitter(properties(1e-6));

    static FitProperties properties(double ridge) {
        return new FitProperties(1, 1, 8, 10, 64, 0.005, 10, 1, 0, false, ridge, 0.9, 42);
    }

    /// The noise has no memory, so of a deviation of 2 nothing is left.
    @Test
    void findsTheSeasonalMean() {
        Random random = new Random(1);
        double[] series = Synthetic.series(
                2400, hour -> 10 + 5 * Math.cos(2 * Math.PI * hour / 24) + 0.1 * random.nextGaussian());

        Prediction prediction = fit(series).predict(at(2400, 15 + 2));

        assertThat(prediction.value()[0]).isCloseTo(10 + 5 * Math.cos(2 * Math.PI / 24), within(0.1));
        assertThat(prediction.value()[1]).isCloseTo(10, within(0.1));
    }

    @Test
    void findsHowADeviationDecays() {
        ForecastModel model = fit(Synthetic.weather(4000));

        double now = model.predict(at(4008, 21 + 3)).value()[0]
                - model.predict(at(4008, 21)).value()[0];
        double later = model.predict(at(4008, 21 + 3)).value()[1]
                - model.predict(at(4008, 21)).value()[1];
        assertThat(now / 3).isCloseTo(0.9, within(0.03));
        assertThat(later / 3).isCloseTo(Math.pow(0.9, 6), within(0.08));
    }

    @Test
    void beatsPersistenceAndCoversWhatItPromises() {
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
    void leavesOutASeasonThatTheDataDoNotSpan() {
        assertThat(fit(Synthetic.weather(1000)).card().hyperparameters().get("seasons"))
                .isEqualTo("[Season[period=PT24H, harmonics=2]]");
    }

    @Test
    void passesOverMissingTargets() {
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
        assertThat(fit(Synthetic.series(300, hour -> 4)).predict(at(301, 4)).value())
                .containsExactly(new double[] {4, 4}, within(1e-3));
    }

    @Test
    void fillsInTheCard() {
        double[] series = Synthetic.weather(1000);
        Dataset train = Synthetic.dataset(pipeline, series, 0, 700);
        Dataset validation = Synthetic.dataset(pipeline, series, 700, 900);

        ForecastModel model = fitter.fit(train, validation, Synthetic.SETTINGS, FitProgress.SILENT);

        assertThat(model.card().model()).isEqualTo(fitter.kind()).isEqualTo("seasonal");
        assertThat(model.card().version()).isEqualTo("v1");
        assertThat(model.card().windows()).isEqualTo(698);
        assertThat(model.card().trainedFrom()).isEqualTo(train.from());
        assertThat(model.card().trainedTo()).isEqualTo(validation.to());
        assertThat(model.card().commit()).isEqualTo("abc");
        assertThat(model.card().metrics()).containsOnlyKeys("validationRmse.h1", "validationRmse.h6");
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
        int split = series.length * 2 / 3;
        return fitter.fit(
                Synthetic.dataset(pipeline, series, 0, split),
                Synthetic.dataset(pipeline, series, split, series.length - 6),
                Synthetic.SETTINGS,
                FitProgress.SILENT);
    }

    private static Lookback at(int hour, double latest) {
        return new Lookback(new double[][] {{0}, {0}, {latest}}, Synthetic.hour(hour));
    }
}
