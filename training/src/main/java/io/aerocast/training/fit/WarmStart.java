package io.aerocast.training.fit;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.GruKernel;
import io.aerocast.forecast.GruMember;
import io.aerocast.forecast.GruModel;
import io.aerocast.forecast.InputEncoder;
import io.aerocast.forecast.ModelCard;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The champion's weights, converted to the scaling of new data: the networks compute the same function as before,
/// and continue to learn from there.
final class WarmStart {

    private WarmStart() {}

    /// Converts the champion's weights. A champion that was fitted on some of the validation data is not used:
    /// early stopping and intervals would mistake memorised data for skill.
    ///
    /// @param champion the serving model, or `null`
    /// @param samples training data that define the new scaling
    /// @param validatedFrom earliest observation time of the validation data
    /// @return empty if the champion is no GRU of the same pipeline, shape, inputs and horizons, or was fitted on
    ///     some of the validation data
    static Optional<List<GruMember>> from(
            @Nullable ForecastModel champion,
            Pipeline pipeline,
            TrainingSet samples,
            Instant validatedFrom,
            GruSettings settings) {
        return champion instanceof GruModel gru
                        && gru.card().trainedTo().isBefore(validatedFrom)
                        && sameTask(gru.card(), pipeline)
                        && sameInputs(gru.encoder(), samples.encoder())
                        && sameShape(gru.members(), settings)
                ? Optional.of(gru.members().stream()
                        .map(member -> rescaled(member, gru, samples))
                        .toList())
                : Optional.empty();
    }

    private static boolean sameTask(ModelCard card, Pipeline pipeline) {
        return card.pipeline().equals(pipeline.name())
                && card.features().equals(pipeline.featureNames())
                && card.lookback() == pipeline.lookback()
                && card.horizons().equals(pipeline.horizons());
    }

    private static boolean sameInputs(InputEncoder one, InputEncoder other) {
        return one.features() == other.features()
                && one.timesAt() == other.timesAt()
                && one.cycles().equals(other.cycles())
                && one.cadence().equals(other.cadence());
    }

    private static boolean sameShape(List<GruMember> members, GruSettings settings) {
        return members.size() == settings.members()
                && members.stream()
                        .allMatch(member -> member.layers().size() == settings.layers()
                                && member.layers().stream().allMatch(layer -> layer.hidden() == settings.hidden()));
    }

    private static GruMember rescaled(GruMember member, GruModel champion, TrainingSet samples) {
        InputEncoder before = champion.encoder();
        InputEncoder now = samples.encoder();
        double[] factor = new double[now.inputs()];
        double[] shift = new double[now.inputs()];
        for (int i = 0; i < factor.length; i++) {
            factor[i] = factor(i, before, now);
            shift[i] = shift(i, before, now);
        }
        List<GruKernel> layers = new ArrayList<>(member.layers());
        layers.set(0, layers.getFirst().forInputs(factor, shift));
        double[] changes = IntStream.range(0, samples.changeScale().length)
                .mapToDouble(h -> champion.changeScale()[h] / samples.changeScale()[h])
                .toArray();
        return new GruMember(layers, member.head().scaled(changes));
    }

    /// A reading that is x in the champion's scaling and u in the new one: x = factor · u + shift.
    private static double factor(int input, InputEncoder before, InputEncoder now) {
        int features = now.features();
        if (input < features) {
            return now.scaler().deviation()[input] / before.scaler().deviation()[input];
        }
        if (input < now.timesAt()) {
            return now.changeDeviation()[input - features] / before.changeDeviation()[input - features];
        }
        return 1;
    }

    private static double shift(int input, InputEncoder before, InputEncoder now) {
        return input < now.features()
                ? (now.scaler().mean()[input] - before.scaler().mean()[input])
                        / before.scaler().deviation()[input]
                : 0;
    }
}
