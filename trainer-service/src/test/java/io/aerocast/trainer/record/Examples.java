package io.aerocast.trainer.record;

import io.aerocast.event.RetrainReason;
import io.aerocast.event.RetrainSignal;
import io.aerocast.trainer.record.Outcome.Held;
import io.aerocast.trainer.record.Outcome.Proven;
import io.aerocast.trainer.record.RunRecord.Data;
import io.aerocast.trainer.record.RunRecord.Part;
import io.aerocast.training.dataset.LandedData.Source;
import io.aerocast.training.dataset.Quality;
import io.aerocast.training.dataset.Quality.FeatureQuality;
import io.aerocast.training.fit.Epoch;
import io.aerocast.training.judge.CalmComparison;
import io.aerocast.training.judge.CalmScore;
import io.aerocast.training.judge.Scores;
import io.aerocast.training.judge.Scores.Against;
import io.aerocast.training.judge.Scores.Skill;
import io.aerocast.training.score.Accuracy;
import io.aerocast.training.score.DieboldMariano;
import io.aerocast.training.score.EValue;
import io.aerocast.training.score.Finding;
import io.aerocast.training.score.IntervalScore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A run record and its parts.
public final class Examples {

    public static final Instant TIME = Instant.parse("2026-11-23T03:51:00Z");
    public static final RetrainSignal SIGNAL = new RetrainSignal(
            "sim/lab/2026:1",
            "sim",
            RetrainReason.DRIFT,
            TIME,
            "lab",
            null,
            TIME.minusSeconds(60),
            "error grew",
            Map.of("ratio", 3.0));
    public static final PipelineContract CONTRACT =
            new PipelineContract(List.of("temperature"), 24, List.of(1, 24), Duration.ofHours(1));

    public static final String FEATURE = "temperature";

    private static final String CHAMPION = "20261101T000000Z-0000000";

    private Examples() {}

    /// A run that has begun.
    public static RunRecord started() {
        return RunRecord.start(SIGNAL, CONTRACT, TIME);
    }

    public static Data data() {
        Part part = new Part(TIME, TIME.plusSeconds(9), 10, "ab");
        Quality quality = new Quality(List.of(new FeatureQuality("temperature", 10, 1, 0, 0, 0)));
        return new Data(
                URI.create("file:///data/"),
                List.of(new Source("lab", 0, 10, 3, 12)),
                7,
                part,
                part,
                part,
                part,
                quality,
                1.5);
    }

    /// A `gru` that is proven against a champion.
    public static Proven proven() {
        return new Proven(
                FEATURE, "gru", candidate(), scores(), List.of(new Finding("champion", true, "it is better")));
    }

    /// A `gru` that is better and has forgotten the calm.
    public static Held held() {
        return new Held(
                FEATURE,
                "gru",
                candidate(),
                scores(),
                List.of(new Finding("champion", true, "it is better"), new Finding("calm", false, "it forgot")));
    }

    public static Candidate candidate() {
        return new Candidate(
                "20261123T035100Z-1f3870b",
                CHAMPION,
                Map.of("hidden", "8"),
                List.of(new Epoch(1, 0.9, 1.2, 0.5)),
                TIME,
                2.5,
                0.1,
                "sim-gru.aerocast",
                "cd",
                null);
    }

    /// At horizons 1 and 24; some numbers are not finite.
    public static Scores scores() {
        IntervalScore interval = new IntervalScore(40, 0.9, 0.92, 2.1, 3.1, Double.NaN);
        return new Scores(
                List.of(new Accuracy(1, 40, 0.714, 0.5), new Accuracy(24, 17, 3.0, 2.0)),
                List.of(new Accuracy(1, 40, 1.5, 1.1), new Accuracy(24, 17, 4.0, 3.0)),
                List.of(new Accuracy(1, 40, 0.906, 0.7), new Accuracy(24, 17, 3.5, 2.5)),
                List.of(interval, interval),
                List.of(new Skill(1, 40, 0.3), new Skill(24, 17, 0.2)),
                new Against(CHAMPION, new DieboldMariano(Double.POSITIVE_INFINITY, 0.01, 40), new EValue(22, 40)),
                new CalmScore(50, 0.4, new CalmComparison(6, 1.01, new DieboldMariano(0.5, 0.3, 6))),
                0.8,
                0.01);
    }
}
