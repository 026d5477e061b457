package io.aerocast.standalone.backtest;

import io.aerocast.training.backtest.BacktestResult;
import io.aerocast.training.backtest.BacktestResult.FoldResult;
import io.aerocast.training.backtest.BacktestResult.Part;
import io.aerocast.training.report.BacktestReport;
import io.aerocast.training.score.HorizonScore;
import io.aerocast.training.score.IntervalScore;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Writes the result as one JSON object: what concerns all targets, the fields of the first target, and `targets`,
/// an array with the same fields for each target. A number that is not finite becomes null.
final class BacktestJson {

    private BacktestJson() {}

    static String of(BacktestReport outcome) {
        BacktestResult first = outcome.first();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("file", outcome.file());
        json.put("pipeline", first.pipeline().name());
        json.put("cadenceSeconds", first.pipeline().cadence().toMillis() / 1000.0);
        json.put("observations", first.observations());
        json.put("leftOut", outcome.leftOut().size());
        json.put("season", first.season());
        json.put("nominalCoverage", first.coverage());
        json.putAll(target(first));
        json.put("targets", outcome.results().stream().map(BacktestJson::target).toList());
        json.put("seconds", outcome.seconds());
        return new JsonMapper().writeValueAsString(json);
    }

    private static Map<String, @Nullable Object> target(BacktestResult result) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("target", result.pipeline().target().name());
        json.put("unit", result.pipeline().target().unit());
        json.put("maseScale", number(result.maseScale()));
        json.put("folds", result.folds().stream().map(BacktestJson::fold).toList());
        Map<String, Object> forecasters = new LinkedHashMap<>();
        result.scores()
                .forEach((name, scores) -> forecasters.put(
                        name, scores.stream().map(BacktestJson::score).toList()));
        json.put("forecasters", forecasters);
        json.put("weights", result.weights());
        return json;
    }

    private static Map<String, Object> fold(FoldResult result) {
        Map<String, Object> fold = new LinkedHashMap<>();
        fold.put("fold", result.fold().number());
        fold.put("train", part(result.train()));
        fold.put("validation", part(result.validation()));
        fold.put("testFrom", result.fold().testFrom().toString());
        fold.put("testTo", result.fold().testTo().toString());
        fold.put("origins", result.origins());
        Map<String, Object> models = new LinkedHashMap<>();
        result.fits()
                .forEach((kind, fit) -> models.put(kind, Map.of("fitSeconds", fit.seconds(), "sha256", fit.sha256())));
        fold.put("models", models);
        return fold;
    }

    private static Map<String, Object> part(Part part) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("from", part.from().toString());
        json.put("to", part.to().toString());
        json.put("samples", part.samples());
        return json;
    }

    private static Map<String, @Nullable Object> score(HorizonScore score) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("horizon", score.horizon());
        json.put("count", score.accuracy().count());
        json.put("rmse", number(score.accuracy().rmse()));
        json.put("mae", number(score.accuracy().mae()));
        json.put("mase", number(score.mase()));
        json.put("skill", number(score.skill()));
        json.put("skillAgainstSeasonalNaive", number(score.seasonalSkill()));
        IntervalScore interval = score.interval();
        if (interval != null) {
            json.put("coverage", number(interval.coverage()));
            json.put("width", number(interval.width()));
            json.put("winkler", number(interval.winkler()));
            json.put("pinball", number(interval.pinball()));
        }
        return json;
    }

    private static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
