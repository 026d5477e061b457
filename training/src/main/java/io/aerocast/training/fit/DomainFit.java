package io.aerocast.training.fit;

import io.aerocast.forecast.InputDomain;
import io.aerocast.forecast.InputDomain.Term;
import io.aerocast.pipeline.Feature;
import io.aerocast.pipeline.Season;
import io.aerocast.training.dataset.Dataset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Fits the [InputDomain] of a model to the samples that it is trained on.
final class DomainFit {

    /// Fraction of the longest season that the data must span for its wave to be fitted.
    private static final double SPANNED = 0.75;

    /// Fraction of the samples within the reach, before the margin.
    private static final double INSIDE = 0.999;

    /// Weather of other months and years goes beyond that of the training data.
    private static final double MARGIN = 1.25;

    private final Dataset data;
    private final @Nullable Duration season;
    private final double[] phases;
    private final double[][] values;

    private DomainFit(Dataset data) {
        this.data = data;
        this.season = season(data);
        this.phases = data.samples().stream()
                .mapToDouble(sample -> InputDomain.phase(sample.lookback().origin(), season))
                .toArray();
        this.values = data.samples().stream()
                .map(sample -> InputDomain.values(sample.lookback(), steps()))
                .toArray(double[][]::new);
    }

    static InputDomain of(Dataset data) {
        return new DomainFit(data).domain();
    }

    /// A window of a training file may have another length than the pipeline's lookback.
    private int steps() {
        return data.samples().getFirst().lookback().steps();
    }

    private InputDomain domain() {
        List<Term> terms = new ArrayList<>();
        for (Feature feature : data.pipeline().features()) {
            for (int i = 0; i < InputDomain.TERMS; i++) {
                terms.add(term(terms.size(), i == 0 && season != null, feature.negligible()));
            }
        }
        return new InputDomain(steps(), season, terms);
    }

    /// @param yearly whether the term follows the year
    /// @param negligible smallest reach
    private Term term(int index, boolean yearly, double negligible) {
        List<double[]> rows = new ArrayList<>();
        List<double[]> targets = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i][index])) {
                rows.add(
                        yearly
                                ? new double[] {1, StrictMath.cos(phases[i]), StrictMath.sin(phases[i])}
                                : new double[] {1});
                targets.add(new double[] {values[i][index]});
            }
        }
        if (rows.isEmpty()) {
            return new Term(0, 0, 0, Double.MAX_VALUE); // never read: no reading of it is unusual
        }
        double[] usual = regression(rows, targets);
        double reach = MARGIN * quantile(rows, targets, usual);
        return new Term(
                usual[0],
                yearly ? usual[1] : 0,
                yearly ? usual[2] : 0,
                Math.max(reach, Math.max(negligible, Double.MIN_NORMAL)));
    }

    private static double[] regression(List<double[]> rows, List<double[]> targets) {
        double[] equal = new double[rows.size()];
        Arrays.fill(equal, 1);
        double[] ridge = new double[rows.getFirst().length];
        Arrays.fill(ridge, 1e-6 * rows.size());
        double[][] coefficients = RobustRidge.fit(
                        rows.toArray(double[][]::new), equal, targets.toArray(double[][]::new), ridge)
                .coefficients();
        return Arrays.stream(coefficients).mapToDouble(each -> each[0]).toArray();
    }

    private static double quantile(List<double[]> rows, List<double[]> targets, double[] usual) {
        double[] distances = new double[rows.size()];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = targets.get(i)[0];
            for (int term = 0; term < usual.length; term++) {
                distances[i] -= usual[term] * rows.get(i)[term];
            }
            distances[i] = Math.abs(distances[i]);
        }
        Arrays.sort(distances);
        return distances[(int) (INSIDE * (distances.length - 1))];
    }

    private static @Nullable Duration season(Dataset data) {
        Duration span = Duration.between(data.from(), data.to());
        Duration lookback =
                data.pipeline().cadence().multipliedBy(data.pipeline().lookback());
        return data.pipeline().seasons().stream()
                .map(Season::period)
                .max(Comparator.naturalOrder())
                .filter(period -> period.compareTo(lookback) > 0 && span.toMillis() >= SPANNED * period.toMillis())
                .orElse(null);
    }
}
