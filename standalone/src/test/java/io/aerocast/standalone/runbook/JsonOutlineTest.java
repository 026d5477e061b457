package io.aerocast.standalone.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonOutlineTest {

    @Test
    void alignsNamesIndentsObjectsAndPrintsArraysOfObjectsAsTables() {
        assertThat(JsonOutline.lines(new JsonMapper().readTree("""
                        {"version": "v7", "commit": null, "horizons": [1, 6],
                         "run": {"id": "s1", "rmse": 0.123456, "evidence": {}},
                         "files": [{"name": "a", "rows": 10}, {"name": "bcd", "rows": 7, "note": "x"}],
                         "reasons": []}
                        """)))
                .containsExactly(
                        "version   v7",
                        "horizons  1, 6",
                        "run",
                        "  id    s1",
                        "  rmse  0.1235",
                        "files",
                        "  name  rows  note",
                        "  a       10  -",
                        "  bcd      7  x");
    }

    @Test
    void printsNestedObjectsOneAfterAnotherAndCutsLongTables() {
        String rows =
                IntStream.rangeClosed(1, 14).mapToObj("{\"n\": %d}"::formatted).collect(Collectors.joining(","));

        assertThat(JsonOutline.lines(new JsonMapper()
                        .readTree("{\"models\": [{\"id\": {\"kind\": \"gru\"}}], \"files\": [%s]}".formatted(rows))))
                .startsWith("models", "  -", "    id", "      kind  gru", "files", "   n", "   1")
                .endsWith("  12", "  … and 2 more");
    }
}
