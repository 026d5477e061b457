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

/// A candidate, fitted and judged.
///
/// @param judging time of the judgement
public record Trial(Fitted fitted, Verdict verdict, Duration judging) {

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
        Fitted fitted = Fitted.with(fitter, parts, champion, now, progress);
        progress.judging();
        long start = System.nanoTime();
        Verdict verdict = judge.judge(fitted.model(), champion, Evidence.of(parts, look));
        return new Trial(fitted, verdict, Duration.ofNanos(System.nanoTime() - start));
    }
}
