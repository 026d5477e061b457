package io.aerocast.forecast;

import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Origin of a model and the input that it expects; part of the artifact.
///
/// @param pipeline the pipeline that it forecasts
/// @param model the kind, one of [ModelKinds#TRAINED]
/// @param version sorts by time within pipeline and kind
/// @param features names in the order of every row
/// @param lookback number of rows that it needs
/// @param horizons steps ahead that it forecasts, ascending
/// @param trainedAt wall-clock time of the training
/// @param trainedFrom first observation time of the training data
/// @param trainedTo last observation time of the training data
/// @param windows number of training windows
/// @param dataSha256 hash of the training data, hexadecimal
/// @param seed seed of every random choice
/// @param hyperparameters by name
/// @param metrics scores on the validation data, by name. They are optimistic, since the same data decided when the
///     fit stopped; [io.aerocast.event.ModelPublished] carries the scores on held-out later data
/// @param aerocast version of AeroCast that trained it
/// @param java runtime that trained it
/// @param os operating system and architecture that trained it
/// @param commit source commit, or `null` if unknown
/// @param domain the inputs that it was trained on, or `null` if unknown, as for models of earlier versions
public record ModelCard(
        String pipeline,
        String model,
        String version,
        List<String> features,
        int lookback,
        List<Integer> horizons,
        Instant trainedAt,
        Instant trainedFrom,
        Instant trainedTo,
        int windows,
        String dataSha256,
        long seed,
        Map<String, String> hyperparameters,
        Map<String, Double> metrics,
        String aerocast,
        String java,
        String os,
        @Nullable String commit,
        @Nullable InputDomain domain) {

    public ModelCard {
        Objects.requireNonNull(pipeline, "a model card has no pipeline");
        Objects.requireNonNull(model, "a model card has no kind of model");
        Objects.requireNonNull(version, "a model card has no version");
        Objects.requireNonNull(trainedTo, "a model card has no end of the training data");
        features = List.copyOf(features);
        horizons = List.copyOf(horizons);
        hyperparameters = Map.copyOf(hyperparameters);
        metrics = Map.copyOf(metrics);
        if (domain != null && domain.terms().size() != InputDomain.TERMS * features.size()) {
            throw new IllegalArgumentException("A model card of %d features needs an input domain of %d terms, found %d"
                    .formatted(
                            features.size(),
                            InputDomain.TERMS * features.size(),
                            domain.terms().size()));
        }
    }

    /// A card of a model of which the domain is unknown.
    public ModelCard(
            String pipeline,
            String model,
            String version,
            List<String> features,
            int lookback,
            List<Integer> horizons,
            Instant trainedAt,
            Instant trainedFrom,
            Instant trainedTo,
            int windows,
            String dataSha256,
            long seed,
            Map<String, String> hyperparameters,
            Map<String, Double> metrics,
            String aerocast,
            String java,
            String os,
            @Nullable String commit) {
        this(
                pipeline,
                model,
                version,
                features,
                lookback,
                horizons,
                trainedAt,
                trainedFrom,
                trainedTo,
                windows,
                dataSha256,
                seed,
                hyperparameters,
                metrics,
                aerocast,
                java,
                os,
                commit,
                null);
    }

    /// The same card with other metrics.
    public ModelCard withMetrics(Map<String, Double> other) {
        return changed(other, domain);
    }

    /// The same card with the inputs that the model was trained on.
    public ModelCard withDomain(@Nullable InputDomain other) {
        return changed(metrics, other);
    }

    private ModelCard changed(Map<String, Double> metrics, @Nullable InputDomain domain) {
        return new ModelCard(
                pipeline,
                model,
                version,
                features,
                lookback,
                horizons,
                trainedAt,
                trainedFrom,
                trainedTo,
                windows,
                dataSha256,
                seed,
                hyperparameters,
                metrics,
                aerocast,
                java,
                os,
                commit,
                domain);
    }

    /// Name of the feature that the model forecasts: the first one.
    public String target() {
        return features.getFirst();
    }

    /// Nominal coverage of the prediction intervals: the hyper-parameter `coverage`, 0.9 if a card has none.
    ///
    /// @throws IllegalArgumentException if it is not between 0 and 1
    public double coverage() {
        double coverage = Double.parseDouble(hyperparameters.getOrDefault("coverage", "0.9"));
        if (!(coverage > 0 && coverage < 1)) {
            throw mismatch("a coverage between 0 and 1, found %s".formatted(coverage));
        }
        return coverage;
    }

    /// The position of a horizon in every [Prediction].
    ///
    /// @throws IllegalArgumentException if the model does not forecast it
    public int indexOf(int horizon) {
        int index = horizons.indexOf(horizon);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "Model %s of %s forecasts horizons %s, not %d".formatted(version, pipeline, horizons, horizon));
        }
        return index;
    }

    /// The positions of a pipeline's horizons in every [Prediction].
    ///
    /// @throws IllegalArgumentException if the model does not forecast one of them
    int[] indices(Pipeline pipeline) {
        return pipeline.horizons().stream().mapToInt(this::indexOf).toArray();
    }

    /// The reason why the model cannot serve a pipeline, e.g. one whose features have changed since the training.
    ///
    /// @param served the pipeline, or a view of it
    /// @return empty if the model can serve the view of its target
    public Optional<String> misfit(Pipeline served) {
        if (!served.targets().contains(target())) {
            return Optional.of("expected a model of one of %s, found one of %s".formatted(served.targets(), target()));
        }
        return misfitOfView(served.view(target()));
    }

    private Optional<String> misfitOfView(Pipeline served) {
        if (!features.equals(served.featureNames())) {
            return Optional.of("expected features %s, found %s".formatted(served.featureNames(), features));
        }
        if (lookback < 1 || lookback > served.lookback()) {
            return Optional.of("expected a lookback of 1 to %d, found %d".formatted(served.lookback(), lookback));
        }
        if (!horizons.containsAll(served.horizons())) {
            return Optional.of("expected horizons %s, found %s".formatted(served.horizons(), horizons));
        }
        return Optional.empty();
    }

    /// Checks that the model can forecast from a lookback: enough rows, these features, no infinite reading in the
    /// rows that the model uses, and a latest reading of the target.
    ///
    /// @throws IllegalArgumentException if it cannot; the message names the expectation and the finding
    public void requireMatch(Lookback lookback) {
        if (lookback.steps() < this.lookback) {
            throw mismatch("at least %d rows, found %d".formatted(this.lookback, lookback.steps()));
        }
        if (lookback.features() != features.size()) {
            throw mismatch(
                    "rows of %d features %s, found %d".formatted(features.size(), features, lookback.features()));
        }
        for (int step = lookback.steps() - this.lookback; step < lookback.steps(); step++) {
            for (int f = 0; f < features.size(); f++) {
                double value = lookback.rows()[step][f];
                if (Double.isInfinite(value)) {
                    throw mismatch(
                            "finite readings, found %s for %s in row %d".formatted(value, features.get(f), step));
                }
            }
        }
        if (Double.isNaN(lookback.persistence())) {
            throw mismatch("a reading of %s in the last row, found none".formatted(features.getFirst()));
        }
    }

    /// The origin of a lookback, for a model that needs the time.
    ///
    /// @throws IllegalArgumentException if the lookback has none
    Instant requireOrigin(Lookback lookback) {
        if (lookback.origin() == null) {
            throw mismatch("the time of the last row (origin), found none: a %s model depends on it".formatted(model));
        }
        return lookback.origin();
    }

    ModelCard requireKind(String kind) {
        if (!model.equals(kind)) {
            throw mismatch("a card of kind '%s', found '%s'".formatted(kind, model));
        }
        return this;
    }

    /// A copy of values that a model has one of per horizon.
    double[] requirePerHorizon(String what, double[] values) {
        if (values.length != horizons.size()) {
            throw mismatch("one %s for each horizon of %s, found %d".formatted(what, horizons, values.length));
        }
        return Tensor.vector(what, values.length, values.clone())
                .requireFinite()
                .values();
    }

    private IllegalArgumentException mismatch(String expectation) {
        return new IllegalArgumentException("Model %s of %s needs %s".formatted(version, pipeline, expectation));
    }
}
