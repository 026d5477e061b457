package io.aerocast.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aerocast.forecast.AnomalyTerms;
import io.aerocast.forecast.FourierBasis;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Season;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeanPriorTest {

    private static final Season YEAR = new Season(Duration.ofHours(8766), 1);
    private static final Season DAY = new Season(Duration.ofHours(24), 1);
    private static final Feature TEMPERATURE = new Feature("temperature", "°C", "temp", -60, 60);

    private final AnnualCycle known = AnnualCycle.of(TEMPERATURE, YEAR).orElseThrow();

    @Test
    void theClimatologyKnowsAQuantityInItsUnitAndItsPeriod() {
        Feature fahrenheit = new Feature("temperature", "°F", "temp", -80, 140);
        assertThat(AnnualCycle.of(fahrenheit, YEAR)).isEmpty();
        assertThat(AnnualCycle.of(TEMPERATURE, DAY)).isEmpty();
        assertThat(known.along()).isGreaterThan(10 * known.across());
        assertThat(known.axis()).isBetween(Duration.ofDays(10), Duration.ofDays(40)); // a month after the solstice
    }

    /// 30 is the largest reading, 4 the error; hourly rows.
    @Test
    void thePenaltyIsTheVarianceOfTheErrorOverThatOfThePrior() {
        double[] ridge = prior(TEMPERATURE, Duration.ofHours(2000), DAY, YEAR).ridge(4);

        assertThat(ridge[0]).isCloseTo(16 / (150.0 * 150), within(1e-9));
        assertThat(ridge[1]).isCloseTo(16 / (300.0 * 300), within(1e-9)); // cosine of the day
        double slow = known.slow().toHours();
        double products = known.products().getFirst().getFirst();
        assertThat(ridge[3]).isCloseTo(16 * slow / Math.pow(known.along(), 2), within(1e-9));
        assertThat(ridge[4]).isCloseTo(16 * known.daily().toHours() / (products * products), within(1e-9));
        assertThat(ridge[6]).isCloseTo(16 * slow / Math.pow(known.across(), 2), within(1e-9));
        assertThat(ridge).hasSize(9);
    }

    @Test
    void theOrderOfTheSeasonsDoesNotMatter() {
        double[] dayFirst =
                prior(TEMPERATURE, Duration.ofHours(2000), DAY, YEAR).ridge(4);
        double[] yearFirst =
                prior(TEMPERATURE, Duration.ofHours(2000), YEAR, DAY).ridge(4);

        assertThat(yearFirst[1]).isEqualTo(dayFirst[3]); // cosine of the year
        assertThat(yearFirst[3]).isEqualTo(dayFirst[1]); // cosine of the day
        assertThat(yearFirst[4]).isEqualTo(dayFirst[4]); // their product
    }

    /// Of another feature of the same pipeline, for instance.
    @Test
    void aSeasonThatNeitherDataNorClimatologyKnowIsAbsent() {
        Feature humidity = new Feature("humidity", "%", "humidity", 0, 100);

        assertThat(prior(humidity, Duration.ofHours(2000), YEAR).ridge(4)[1]).isGreaterThan(1e6);
        assertThat(prior(humidity, Duration.ofHours(9000), YEAR).ridge(4)[1]).isLessThan(1);
    }

    @Test
    void theFirstHarmonicIsRotatedOntoTheAxis() {
        MeanPrior prior = prior(TEMPERATURE, Duration.ofHours(2000), YEAR);
        Instant extreme = Instant.EPOCH.plus(known.axis());
        double[] terms = new FourierBasis(List.of(YEAR)).at(extreme);

        assertThat(prior.rotated(terms)).containsExactly(new double[] {1, 1, 0}, within(1e-12));
        double[] coefficients = prior.unrotated(new double[] {12, -10, 0});
        assertThat(new FourierBasis(List.of(YEAR)).mean(coefficients, extreme)).isCloseTo(2, within(1e-12));
    }

    private static MeanPrior prior(Feature feature, Duration span, Season... seasons) {
        Pipeline pipeline =
                new Pipeline("small", List.of(feature), Duration.ofHours(1), 24, List.of(1), List.of(seasons));
        SeasonalStructure structure = new SeasonalStructure(
                new FourierBasis(List.of(seasons)),
                null,
                new AnomalyTerms(Duration.ofHours(1), new FourierBasis(List.of()), 1, false, List.of(), 1),
                span);
        return new MeanPrior(pipeline, feature, structure, 30);
    }
}
