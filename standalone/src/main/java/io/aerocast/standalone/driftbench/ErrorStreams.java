package io.aerocast.standalone.driftbench;

import io.aerocast.drift.detect.DetectorEvidence;
import io.aerocast.drift.detect.StationWatch;
import io.aerocast.pipeline.Pipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The errors of the blend as CSV, for detectors outside of AeroCast:
/// `scenario,start,slot,near,far,evidence,state`. Rows without a scenario are the unchanged readings; those of
/// a scenario follow them from its start on. `near` and `far` are observed minus forecast at the nearest and
/// the farthest horizon of the first target, empty where it was not observed; `evidence` is the largest of the
/// detector's tests of drift as a part of its threshold.
final class ErrorStreams {

    private static final Set<String> DRIFT = Set.of("size", "too-low", "too-high");

    private final Pipeline pipeline;
    private final Writer out;

    ErrorStreams(Pipeline pipeline, Writer out) {
        this.pipeline = pipeline;
        this.out = out;
        write("scenario,start,slot,near,far,evidence,state\n");
    }

    void add(String scenario, int start, Slot slot, @Nullable StationWatch watch) {
        String target = pipeline.target().name();
        write("\"%s\",%d,%d,%s,%s,%s,%s\n"
                .formatted(
                        scenario,
                        start,
                        slot.slot(),
                        number(slot.residual(target, pipeline.horizons().getFirst())),
                        number(slot.residual(target, pipeline.horizons().getLast())),
                        number(watch == null ? 0 : evidence(watch, target)),
                        watch == null ? "" : watch.state(target).label()));
    }

    private static double evidence(StationWatch watch, String target) {
        return watch.evidence().stream()
                .filter(e -> e.feature().equals(target) && DRIFT.contains(e.test()))
                .mapToDouble(ErrorStreams::share)
                .max()
                .orElse(0);
    }

    private static double share(DetectorEvidence evidence) {
        return evidence.statistic() / evidence.threshold();
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4f", value);
    }

    private void write(String line) {
        try {
            out.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
