package io.aerocast.training;

import io.aerocast.forecast.ForecastModel;
import io.aerocast.training.dataset.Split;
import io.aerocast.training.fit.FitProgress;
import io.aerocast.training.fit.Fitted;
import io.aerocast.training.fit.Fitter;
import io.aerocast.training.judge.Evidence;
import io.aerocast.training.judge.Judge;
import io.aerocast.training.judge.Look;
import io.aerocast.training.judge.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A candidate, fitted and judged. One that is promoted is fitted once more, with the same settings, to all recent
/// data: the hold-out has done its duty, and after a change the newest data are the most valuable ones.
///
/// @param fitted the model that serves if it is promoted
/// @param judged the model that the verdict is on; the same as `fitted` unless that was fitted to all data
/// @param judging time of the judgement
public record Trial(Fitted fitted, Fitted judged, Verdict verdict, Duration judging) {

    /// Receives the progress of a trial, on the calling thread.
    @FunctionalInterface
    public interface Progress extends FitProgress {

        /// The fit has finished, the judgement begins.
        default void judging() {}
    }

    /// Fits and judges a candidate.
    ///
    /// @param parts admitted data, see [DataAdmission]
    /// @param champion the model that the fit may start from and that the candidate has to beat, or `null`
    /// @param now wall-clock time
    /// @throws IllegalArgumentException if there is nothing to learn from, or the candidate cannot forecast the
    ///     hold-out
    /// @throws java.util.concurrent.CancellationException if the calling thread is interrupted meanwhile
    public static Trial of(
            Judge judge,
            Fitter fitter,
            Split.Parts parts,
            @Nullable ForecastModel champion,
            Look look,
            Instant now,
            Progress progress) {
        Fitted judged = Fitted.with(fitter, parts, champion, now, progress);
        progress.judging();
        long start = System.nanoTime();
        Verdict verdict = judge.judge(judged.model(), champion, Evidence.of(parts, look));
        Duration judging = Duration.ofNanos(System.nanoTime() - start);
        return switch (verdict) {
            case Verdict.Held held -> new Trial(judged, judged, held, judging);
            case Verdict.Promoted promoted -> {
                Fitted complete = Fitted.with(fitter, parts.complete(), champion, now, FitProgress.SILENT);
                boolean sound = judge.sound(complete.model(), judged.model(), parts.holdOut());
                yield new Trial(sound ? complete : judged, judged, promoted, judging);
            }
        };
    }
}
