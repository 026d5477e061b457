package io.aerocast.api.latest;

import io.aerocast.api.board.StationBoard;
import io.aerocast.api.board.StationBoard.Name;
import io.aerocast.api.board.StationRevisions;
import io.aerocast.api.http.RequestFields;
import io.aerocast.api.latest.LatestReplies.Key;
import io.aerocast.api.latest.LatestReplies.Made;
import io.aerocast.forecast.ModelKinds;
import io.aerocast.pipeline.Pipelines;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// `GET /v1/latest`, also `/latest`: the newest observation, forecasts, errors and drift states of each station.
///
/// Parameters, all optional: `pipeline`, `station`, `feature` (default: every target), `model` (a kind of model,
/// default `blend`, or `all`). Reply: `{"stations": [`[StationView]`, …]}`, sorted by pipeline and station,
/// empty if no station matches, with an `ETag`. Errors: 400 for an unknown pipeline, feature or model.
@RestController
final class LatestController {

    private static final List<String> KINDS =
            Stream.concat(ModelKinds.ALL.stream(), Stream.of(RequestFields.ALL)).toList();
    private static final byte[] BEGIN = "{\"stations\":[".getBytes(StandardCharsets.UTF_8);
    private static final byte[] END = "]}".getBytes(StandardCharsets.UTF_8);

    private final Pipelines pipelines;
    private final Set<String> targets;
    private final StationBoard board;
    private final StationViews views;
    private final StationRevisions revisions;
    private final LatestReplies replies;
    private final JsonMapper json;

    LatestController(
            Pipelines pipelines,
            StationBoard board,
            StationViews views,
            StationRevisions revisions,
            LatestReplies replies,
            JsonMapper json) {
        this.pipelines = pipelines;
        this.targets = pipelines.all().stream()
                .flatMap(p -> p.targets().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        this.board = board;
        this.views = views;
        this.revisions = revisions;
        this.replies = replies;
        this.json = json;
    }

    @GetMapping(
            path = {"/latest", "/v1/latest"},
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> latest(
            @RequestParam(required = false) @Nullable String pipeline,
            @RequestParam(required = false) @Nullable String station,
            @RequestParam(required = false) @Nullable String feature,
            @RequestParam(defaultValue = ModelKinds.DEFAULT) String model) {
        if (pipeline != null) {
            RequestFields.pipeline("pipeline", pipeline, pipelines);
        }
        if (feature != null) {
            RequestFields.oneOf("feature", feature, targets);
        }
        RequestFields.oneOf("model", model, KINDS);
        return reply(board.names().stream()
                .filter(name -> pipeline == null || pipeline.equals(name.pipeline()))
                .filter(name -> station == null || station.equals(name.station()))
                .map(name -> made(name, feature, model))
                .filter(each -> each.json().length > 0)
                .toList());
    }

    private Made made(Name name, @Nullable String feature, String model) {
        return replies.of(
                new Key(name.pipeline(), name.station(), feature, model),
                revisions.of(name.pipeline(), name.station()),
                () -> views.of(name.pipeline(), name.station(), feature, model)
                        .map(json::writeValueAsBytes)
                        .orElse(new byte[0]));
    }

    /// The tag is weak, since a strong one keeps the web server from compressing the reply.
    private static ResponseEntity<byte[]> reply(List<Made> stations) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(BEGIN.length
                + END.length
                + stations.stream().mapToInt(each -> each.json().length + 1).sum());
        ByteArrayOutputStream tags = new ByteArrayOutputStream();
        body.writeBytes(BEGIN);
        for (Made each : stations) {
            if (tags.size() > 0) {
                body.write(',');
            }
            body.writeBytes(each.json());
            tags.writeBytes(each.tag());
        }
        body.writeBytes(END);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .eTag("W/\"%s\"".formatted(DigestUtils.md5DigestAsHex(tags.toByteArray())))
                .contentType(MediaType.APPLICATION_JSON)
                .body(body.toByteArray());
    }
}
