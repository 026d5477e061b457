package io.aerocast.training.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.event.Observation;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.observation.ObservationFile;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.pipeline.Pipelines;
import io.aerocast.training.dataset.Sample;
import io.aerocast.training.dataset.SampleCutter;
import io.aerocast.training.dataset.Split;
import io.aerocast.training.dataset.SplitSettings;
import io.aerocast.training.fit.FitProgress;
import io.aerocast.training.fit.Fitted;
import io.aerocast.training.fit.SeasonalFitter;
import io.aerocast.training.fit.SeasonalSettings;
import io.aerocast.training.judge.Verdict.Promoted;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The gate on pairs made from the real errors of a seasonal model at JFK; `GateStudy` prints the whole table.
class GatePowerTest {

    private static final Path JFK =
            Path.of("../ingest-service/src/main/resources/io/aerocast/ingest/source/KJFK-2013.csv.gz");
    private static final int PAIRS = 60;

    private final Pipeline pipeline = Pipelines.builtIn().require("noaa");

    @Test
    void aWeekShowsAnErrorThatIsSmallerByFifteenPercentAndPromotesNoEqualCandidate() throws IOException {
        GatePower power = new GatePower(pipeline, List.of(jfk()), 4);

        assertThat(promoted(power, 0.15)).isGreaterThanOrEqualTo(0.8);
        assertThat(promoted(power, 0)).isLessThanOrEqualTo(0.1); // 5 %, and two Monte-Carlo errors of 2.8 %
    }

    private static double promoted(GatePower power, double better) {
        return IntStream.range(0, PAIRS)
                        .filter(_ -> power.verdict(1, 7, 0.9, better, Look.ONCE) instanceof Promoted)
                        .count()
                / (double) PAIRS;
    }

    private GatePower.Station jfk() throws IOException {
        SampleCutter cutter = new SampleCutter(pipeline);
        for (Observation observation : ObservationFile.read(JFK, pipeline).observations()) {
            cutter.add(observation);
        }
        List<Sample> samples = cutter.samples();
        int third = samples.size() / 3;
        Split.Parts parts = (Split.Parts) Split.of(pipeline, samples.subList(0, third), null, SplitSettings.defaults());
        ForecastModel model = Fitted.with(
                        new SeasonalFitter(SeasonalSettings.defaults()),
                        parts.complete(),
                        null,
                        Instant.EPOCH,
                        FitProgress.SILENT)
                .model();
        return GatePower.Station.of(
                model,
                samples.stream()
                        .filter(sample -> Objects.requireNonNull(
                                        sample.lookback().origin())
                                .isAfter(model.card().trainedTo()))
                        .toList());
    }
}
