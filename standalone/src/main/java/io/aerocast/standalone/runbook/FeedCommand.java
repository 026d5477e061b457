package io.aerocast.standalone.runbook;

import io.aerocast.forecast.Lookback;
import io.aerocast.forecast.StationSeries;
import io.aerocast.lake.Lake;
import io.aerocast.lake.LandedObservation;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.standalone.client.Api;
import io.aerocast.standalone.runtime.CommandFailure;
import io.aerocast.standalone.runtime.DataHome;
import io.aerocast.standalone.runtime.DataOption;
import io.aerocast.standalone.terminal.Line;
import io.aerocast.standalone.terminal.Screen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `aerocast feed`.
@Command(
        name = "feed",
        description = {
            "Request forecasts of landed windows from a running api, report the observed values, and append both to "
                    + "logs/prediction_history.csv, whose column model is pipeline, model and station, for example "
                    + "noaa/blend@KJFK, or noaa/windspeed/blend@KJFK for another feature than the first.",
            "Continues where each station's history ends: no window is fed twice."
        })
public final class FeedCommand implements Runnable {

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private PipelineOption source = new PipelineOption();

    @Mixin
    private FeatureOption feature = new FeatureOption();

    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private HistoryOption history = new HistoryOption();

    @Option(
            names = "--api",
            paramLabel = "URL",
            defaultValue = "${env:AEROCAST_API:-http://127.0.0.1:8000}",
            description = "Address of the api (default: $AEROCAST_API, or http://127.0.0.1:8000).")
    private URI url = URI.create("http://127.0.0.1:8000");

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "500",
            description = "Feed at most the N newest windows (default: 500).")
    private int limit = 500;

    /// A lookback of the feature's view, and the observed value one horizon later.
    private record Window(String station, Lookback lookback, Instant target, double actual) {

        /// The lookback with its columns in the order of the pipeline's features.
        Lookback ordered(Pipeline pipeline, Pipeline view) {
            int[] columns =
                    pipeline.featureNames().stream().mapToInt(view::indexOf).toArray();
            double[][] rows = Arrays.stream(lookback.rows())
                    .map(row -> Arrays.stream(columns)
                            .mapToDouble(column -> row[column])
                            .toArray())
                    .toArray(double[][]::new);
            return new Lookback(rows, lookback.origin());
        }
    }

    @Override
    public void run() {
        DataHome directory = data.open();
        Path file = history.file(directory);
        History forecasts = new History(file);
        List<Window> windows = windows(directory, newest(forecasts));
        try (Api api = new Api(url)) {
            for (Window window : windows) {
                forecasts.append(feed(api, window));
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    "The api at %s cannot be fed (%s). Is it running? 'aerocast up' starts it"
                            .formatted(url, e.getMessage() == null ? e : e.getMessage()),
                    e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Screen.standardError()
                .print(Line.of("fed %,d windows of %s, kept in %s".formatted(windows.size(), seriesName(), file)));
    }

    private History.Row feed(Api api, Window window) throws IOException, InterruptedException {
        Pipeline pipeline = source.pipeline();
        String target = feature.of(pipeline);
        Lookback rows = window.ordered(pipeline, pipeline.view(target));
        Api.Answer answer = api.predict(pipeline.name(), target, model.kind(), window.station(), rows);
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("predicted", answer.forecast());
        report.put("actual", window.actual());
        report.put("pipeline", pipeline.name());
        report.put("station", window.station());
        report.put("feature", target);
        report.put("model", answer.model());
        report.put("modelVersion", answer.modelVersion());
        report.put("ts", window.target().toString());
        if (answer.forecastId() != null) {
            report.put("forecastId", answer.forecastId());
        }
        double error = api.evaluate(report).required("abs_error").asDouble();
        return new History.Row(window.target(), series(window), answer.forecast(), window.actual(), error);
    }

    private String series(Window window) {
        return History.series(seriesName(), window.station());
    }

    private String seriesName() {
        Pipeline pipeline = source.pipeline();
        return model.of(pipeline, feature.of(pipeline));
    }

    /// The time of each series' newest row.
    private Map<String, Instant> newest(History forecasts) {
        Map<String, Instant> newest = new HashMap<>();
        forecasts
                .rows(seriesName())
                .forEach((series, rows) ->
                        rows.forEach(row -> newest.merge(series, row.ts(), (a, b) -> a.isAfter(b) ? a : b)));
        return newest;
    }

    /// The newest landed windows whose target lies after the fed ones of their series, oldest first.
    private List<Window> windows(DataHome directory, Map<String, Instant> fed) {
        Pipeline view = feature.view(source.pipeline());
        Map<String, StationSeries> stations = new TreeMap<>();
        try (Stream<LandedObservation> landed = new Lake(directory.root()).observations(source.pipeline())) {
            landed.map(LandedObservation::observation)
                    .forEach(o -> stations.computeIfAbsent(o.station(), _ -> StationSeries.unbounded(view))
                            .add(o));
        } catch (UncheckedIOException e) {
            throw CommandFailure.of(e);
        }
        List<Window> windows = new ArrayList<>();
        stations.forEach((station, series) -> windows.addAll(windows(view, station, series)));
        return windows.stream()
                .filter(w -> w.target().isAfter(fed.getOrDefault(series(w), Instant.MIN)))
                .sorted(Comparator.comparing(Window::target).reversed())
                .limit(limit)
                .sorted(Comparator.comparing(Window::target))
                .toList();
    }

    private static List<Window> windows(Pipeline view, String station, StationSeries series) {
        List<Window> windows = new ArrayList<>();
        for (Instant target : series.slots()) {
            Instant origin = view.after(target, -view.horizons().getFirst());
            double actual = series.target(target);
            if (!Double.isNaN(actual)) {
                series.lookback(origin).ifPresent(l -> windows.add(new Window(station, l, target, actual)));
            }
        }
        return windows;
    }
}
