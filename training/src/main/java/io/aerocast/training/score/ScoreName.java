package io.aerocast.training.score;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of a score where it leaves the process: in events, on a tracking server, in a reply. Formats and
/// parses:
///
/// | label | score |
/// |---|---|
/// | `rmse.h24`, `champion.rmse.h24`, `persistence.mae.h6` | [AtHorizon]: an error at a horizon |
/// | `count.h1`, `skill.h24`, `coverage.h1`, `winkler.h1` | [AtHorizon]: another measure of the candidate |
/// | `p.value`, `calm.ratio` … | [Overall]: a number of the whole hold-out |
///
/// Inside the process scores are values; see `Scores` of the package `judge`.
public sealed interface ScoreName {

    /// The name, unique among all scores.
    String label();

    /// What is measured at a horizon, without the horizon: the name of a series over horizons, or of the score
    /// that stands for the first horizon. The label where there is no horizon.
    String series();

    /// Whose forecasts are measured.
    enum Forecaster {
        CANDIDATE(""),
        CHAMPION("champion."),
        PERSISTENCE("persistence.");

        private final String prefix;

        Forecaster(String prefix) {
            this.prefix = prefix;
        }

        /// The name in metrics: `candidate`, `champion` or `persistence`.
        public String label() {
            return prefix.isEmpty() ? "candidate" : prefix.substring(0, prefix.length() - 1);
        }
    }

    /// What is measured at a horizon.
    enum Measure {
        /// Root mean squared error, in the target's unit.
        RMSE("rmse"),
        /// Mean absolute error, in the target's unit.
        MAE("mae"),
        /// Forecasts that could be compared with the observed value.
        COUNT("count"),
        /// Skill against persistence.
        SKILL("skill"),
        /// Coverage of the prediction intervals, 0 to 1.
        COVERAGE("coverage"),
        /// Winkler score of the prediction intervals, in the target's unit.
        WINKLER("winkler");

        private final String label;

        Measure(String label) {
            this.label = label;
        }
    }

    /// A score at a horizon.
    ///
    /// @param horizon steps ahead, at least 1
    record AtHorizon(Forecaster forecaster, Measure measure, int horizon) implements ScoreName {

        private static final Pattern LABEL = Pattern.compile(
                "(?<forecaster>champion\\.|persistence\\.|)(?<measure>[a-z]+)\\.h(?<horizon>[1-9]\\d{0,8})");

        public AtHorizon {
            if (horizon < 1) {
                throw new IllegalArgumentException("A score's horizon is at least 1 step, found %d".formatted(horizon));
            }
        }

        @Override
        public String label() {
            return "%s.h%d".formatted(series(), horizon);
        }

        @Override
        public String series() {
            return ScoreName.series(forecaster, measure);
        }

        private static Optional<ScoreName> parse(String label) {
            Matcher matcher = LABEL.matcher(label);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            Forecaster forecaster = Arrays.stream(Forecaster.values())
                    .filter(one -> one.prefix.equals(matcher.group("forecaster")))
                    .findFirst()
                    .orElseThrow();
            int horizon = Integer.parseInt(matcher.group("horizon"));
            return Arrays.stream(Measure.values())
                    .filter(measure -> measure.label.equals(matcher.group("measure")))
                    .<ScoreName>map(measure -> new AtHorizon(forecaster, measure, horizon))
                    .findFirst();
        }
    }

    /// A score without a horizon.
    enum Overall implements ScoreName {
        /// Variance of the forecasts over that of the observed values, at the first horizon.
        VARIANCE_RATIO("variance.ratio"),
        /// Fraction of the recent readings that is suspect.
        SUSPECT_SHARE("suspect.share"),
        /// Error over the champion's, over all horizons.
        POOLED_RATIO("pooled.ratio"),
        /// Skill against persistence, over all horizons.
        POOLED_SKILL("pooled.skill"),
        /// Coverage of the prediction intervals, over all horizons.
        POOLED_COVERAGE("pooled.coverage"),
        /// Diebold-Mariano statistic against the champion.
        DM_STATISTIC("dm.statistic"),
        /// Diebold-Mariano p-value against the champion.
        P_VALUE("p.value"),
        /// E-value against the champion.
        E_VALUE("e.value"),
        /// Grid times of the calm hold-out.
        CALM_COUNT("calm.count"),
        /// Skill against persistence on the calm hold-out.
        CALM_SKILL("calm.skill"),
        /// Days of the calm hold-out that are new to the champion.
        CALM_DAYS("calm.days"),
        /// Error over the champion's on the calm hold-out.
        CALM_RATIO("calm.ratio"),
        /// p-value of having forgotten the calm.
        CALM_P_VALUE("calm.p.value");

        private final String label;

        Overall(String label) {
            this.label = label;
        }

        @Override
        public String label() {
            return label;
        }

        @Override
        public String series() {
            return label;
        }
    }

    /// The series of a forecaster's measure over horizons, as in `champion.rmse`.
    static String series(Forecaster forecaster, Measure measure) {
        return forecaster.prefix + measure.label;
    }

    /// The name behind a label, or empty if no score has it.
    static Optional<ScoreName> parse(String label) {
        Optional<ScoreName> overall = Arrays.<ScoreName>stream(Overall.values())
                .filter(name -> name.label().equals(label))
                .findFirst();
        return overall.isPresent() ? overall : AtHorizon.parse(label);
    }

    /// Scores by label, sorted by it.
    static SortedMap<String, Double> byLabel(Map<ScoreName, Double> scores) {
        SortedMap<String, Double> labelled = new TreeMap<>();
        scores.forEach((name, score) -> labelled.put(name.label(), score));
        return labelled;
    }
}
