package io.aerocast.trainer.track;

import io.aerocast.trainer.record.Outcome.Judged;
import io.aerocast.training.judge.Verdict;
import io.aerocast.training.score.Finding;
import io.aerocast.training.score.ScoreName;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The judgement of a candidate as JSON, every check and every score, for a tracking server.
final class VerdictDocument {

    static final String NAME = "verdict.json";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private VerdictDocument() {}

    static String of(Judged outcome) {
        Verdict verdict = outcome.verdict();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", outcome.candidate().version());
        document.put("verdict", verdict.label());
        document.put("reasons", verdict.reasons());
        document.put("champion", outcome.candidate().champion());
        document.put(
                "checks", outcome.checks().stream().map(VerdictDocument::check).toList());
        document.put("metrics", ScoreName.byLabel(outcome.values()));
        return MAPPER.writeValueAsString(document);
    }

    private static Map<String, Object> check(Finding finding) {
        Map<String, Object> check = new LinkedHashMap<>();
        check.put("check", finding.check());
        check.put("passed", finding.passed());
        check.put("text", finding.text());
        return check;
    }
}
