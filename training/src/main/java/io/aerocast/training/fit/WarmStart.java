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

/// The champion's weights in the scaling of new data: the networks compute what they computed before, and learn on
/// from there.
final class WarmStart {

    private WarmStart() {}

    /// A champion that has seen some of the validation data is none to start from: early stopping and intervals would
    /// take what it remembers for skill.
    ///
    /// @param champion what serves now, if anything does
    /// @param samples whose scaling the weights are wanted in
    /// @param validatedFrom earliest observation time of the validation data
    /// @return empty if the champion is no GRU of the same pipeline, shape, inputs and horizons, or has seen too
    ///     much
    static Optional<List<GruMember>> from(
            @Nullable ForecastModel champion,
            Pipeline pipeline,
            TrainingSet samples,
            Instant validatedFrom,
            GruSettings properties) {
        return champion instanceof GruModel gru
                        && gru.card().trainedTo().isBefore(validatedFrom)
                        && sameTask(gru.card(), pipeline)
                        && sameInputs(gru.encoder(), samples.encoder())
                        && sameShape(gru.members(), properties)
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

    private static boolean sameShape(List<GruMember> members, GruSettings properties) {
        return members.size() == properties.members()
                && members.stream()
                        .allMatch(member -> member.layers().size() == properties.layers()
                                && member.layers().stream().allMatch(layer -> layer.hidden() == properties.hidden()));
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

    /// A standardised value x of the champion's is factor · u + shift of ours: both are the same reading.
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
