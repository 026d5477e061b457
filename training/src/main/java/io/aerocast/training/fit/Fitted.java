package io.aerocast.training.fit;

import io.aerocast.forecast.Build;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.training.dataset.Split;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A fitted candidate.
///
/// @param startedAt wall-clock time at which the fit began
/// @param epochs one entry per pass over the training data
/// @param duration duration of the fit
public record Fitted(ForecastModel model, Instant startedAt, List<Epoch> epochs, Duration duration) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /// Fits a candidate that is to be judged on the hold-out.
    ///
    /// @param champion the serving model, from which the fit may start, or `null`
    public static Fitted with(
            Fitter fitter, Split.Parts parts, @Nullable ForecastModel champion, Instant now, FitProgress progress) {
        return with(fitter, new Split.Complete(parts.train(), parts.validation()), champion, now, progress);
    }

    /// Fits a model to all data.
    ///
    /// @param champion the serving model, from which the fit may start, or `null`
    public static Fitted with(
            Fitter fitter, Split.Complete data, @Nullable ForecastModel champion, Instant now, FitProgress progress) {
        List<Epoch> epochs = new ArrayList<>();
        long start = System.nanoTime();
        FitSettings settings =
                new FitSettings(version(now, data.train().sha256()), now, Build.version(), Build.commit(), champion);
        ForecastModel model = fitter.fit(data.train(), data.validation(), settings, (epoch, most, loss, rmse) -> {
            epochs.add(new Epoch(epoch, loss, rmse, (System.nanoTime() - start) / 1e9));
            progress.epoch(epoch, most, loss, rmse);
        });
        return new Fitted(model, now, List.copyOf(epochs), Duration.ofNanos(System.nanoTime() - start));
    }

    /// A version that sorts by time and ends with the start of the training data's hash:
    /// `20261123T035100Z-1f3870b`.
    public static String version(Instant now, String dataSha256) {
        return TIME.format(now) + "-" + dataSha256.substring(0, 7);
    }
}
