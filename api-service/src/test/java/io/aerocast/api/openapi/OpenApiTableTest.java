package io.aerocast.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.api.RunningApi;
import io.aerocast.api.RunningApi.Handle;
import io.aerocast.api.RunningApi.Reply;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.Json31;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.StringUtils;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Compares the OpenAPI document with the controllers: springdoc generates it from them, and the texts and examples
/// of `openapi-texts.yml` are merged into it.
@ExtendWith(RunningApi.class)
class OpenApiTableTest {

    private static final Path GOLDEN = Path.of("src/main/resources/io/aerocast/api/openapi/openapi.json");
    private static final Path TEXTS = Path.of("src/test/resources/openapi-texts.yml");
    private static final List<String> METHODS = List.of("get", "post", "delete");

    /// Replies of a type that the controllers do not declare.
    private static final List<String> REPLIES =
            List.of("predict.PredictReply", "predict.HorizonsReply", "predict.BatchReply", "latest.StationView");

    /// The JSON of every path but the live page, probes and metrics.
    private static final String PATHS =
            "^(/v1/(?!openapi).*|/healthz|/predict|/eval|/routine-retrain-check|/latest|/status)$";

    private final Handle api;

    OpenApiTableTest(Handle api) {
        this.api = api;
    }

    @Test
    void theDocumentIsThatOfTheControllers() throws IOException {
        String generated =
                RunningApi.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(sorted(document())) + "\n";

        if (Boolean.getBoolean("aerocast.regenerate")) {
            Files.writeString(GOLDEN, generated);
        } else {
            assertThat(Files.readString(GOLDEN)).isEqualTo(generated);
        }
    }

    @Test
    void everyOperationHasASummaryAndAnExample() throws IOException {
        JsonNode paths = document().path("paths");
        for (String path : paths.propertyNames()) {
            for (JsonNode operation : paths.path(path)) {
                assertThat(operation.path("summary").asString("")).as(path).isNotEmpty();
                assertThat(operation.at("/responses/200/content").toString())
                        .as(path)
                        .contains("\"example");
            }
        }
    }

    @Test
    void everyExampleOfARequestIsAccepted() throws IOException {
        for (String path : List.of("/v1/predict", "/v1/eval", "/v1/routine-retrain-check")) {
            JsonNode content = document()
                    .path("paths")
                    .path(path)
                    .at("/post/requestBody/content")
                    .path("application/json");
            if (content.has("example")) {
                accepted(path, content.path("example"));
            }
            content.path("examples").forEach(example -> accepted(path, example.path("value")));
        }
    }

    private void accepted(String path, JsonNode example) {
        assertThat(api.post(path, BodyPublishers.ofString(example.toString())).status())
                .as("%s %s", path, example)
                .isEqualTo(200);
    }

    @Test
    @DisabledIfSystemProperty(named = "aerocast.regenerate", matches = "true")
    void theServiceServesTheDocument() throws IOException {
        JsonNode golden = RunningApi.JSON.readTree(Files.readString(GOLDEN));

        assertThat(api.get("/v1/openapi.json").body()).isEqualTo(golden);
        assertThat(api.get("/openapi.json").body()).isEqualTo(golden);
        assertThat(golden.path("openapi").asString()).startsWith("3.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/docs/", "/docs/docs.js", "/docs/swagger-ui-bundle.js", "/docs/swagger-ui.css"})
    void showsThePage(String path) {
        assertThat(api.get(path).status()).isEqualTo(200);
    }

    @Test
    void refusesOtherFiles() {
        Reply reply = api.get("/docs/other.js");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.type()).isEqualTo("application/problem+json");
    }

    private ObjectNode document() throws IOException {
        ObjectNode document = (ObjectNode) api.get("/v3/api-docs").body();
        document.remove("servers");
        ObjectNode paths = (ObjectNode) document.path("paths");
        List.copyOf(paths.propertyNames()).stream()
                .filter(path -> !path.matches(PATHS))
                .forEach(paths::remove);
        addReplies((ObjectNode) document.at("/components/schemas"));
        paths.forEach(path -> path.forEach(OpenApiTableTest::complete));
        paths.properties().forEach(path -> name(path.getKey(), path.getValue()));
        ((ObjectNode) document.at("/components/schemas")).remove(List.of("JsonNode", "ObjectNode"));
        JsonNode texts = RunningApi.JSON.valueToTree(new Yaml().<Map<String, Object>>load(Files.readString(TEXTS)));
        merge(document, texts);
        copyToTheRoot(paths);
        return document;
    }

    private static void addReplies(ObjectNode schemas) {
        for (String name : REPLIES) {
            try {
                Class<?> type = Class.forName("io.aerocast.api." + name);
                ModelConverters.getInstance(true)
                        .readAll(type)
                        .forEach((key, schema) -> schemas.set(key, RunningApi.JSON.readTree(Json31.pretty(schema))));
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// Every operation replies JSON or a problem; `Authorization` is not a parameter in OpenAPI.
    private static void complete(JsonNode operation) {
        ObjectNode responses = (ObjectNode) operation.path("responses");
        List.copyOf(responses.propertyNames()).stream()
                .filter(status -> !status.equals("200"))
                .forEach(responses::remove);
        ObjectNode ok = (ObjectNode) responses.path("200");
        if (ok.at("/content").has("*/*")) {
            ObjectNode content = (ObjectNode) ok.path("content");
            content.set("application/json", content.remove("*/*"));
        }
        responses.set("default", RunningApi.JSON.readTree("""
                {"description": "A problem", "content": {"application/problem+json": {
                  "schema": {"$ref": "#/components/schemas/Problem"},
                  "example": {"title": "Invalid request", "status": 400, "detail": "Field 'horizon': expected …, found …"}}}}"""));
        if (operation instanceof ObjectNode object && object.path("parameters").isArray()) {
            for (int i = object.path("parameters").size() - 1; i >= 0; i--) {
                if (object.path("parameters").get(i).path("name").asString().equals("Authorization")) {
                    ((ArrayNode) object.path("parameters")).remove(i);
                }
            }
        }
    }

    /// springdoc numbers operations in an order of its own.
    private static void name(String path, JsonNode operations) {
        for (String method : METHODS) {
            if (operations.path(method) instanceof ObjectNode operation) {
                String words = Arrays.stream(path.split("\\W+"))
                        .filter(word -> !word.isEmpty() && !word.equals("v1"))
                        .map(StringUtils::capitalize)
                        .collect(Collectors.joining());
                operation.put("operationId", method + words);
            }
        }
    }

    /// The original's endpoints are those of `/v1`.
    private static void copyToTheRoot(ObjectNode paths) {
        for (String path : List.copyOf(paths.propertyNames())) {
            if (paths.has("/v1" + path)) {
                ObjectNode root = (ObjectNode) paths.path("/v1" + path).deepCopy();
                for (String method : METHODS) {
                    if (root.path(method) instanceof ObjectNode operation) {
                        operation.put(
                                "operationId", operation.path("operationId").asString() + "AtTheRoot");
                    }
                }
                paths.set(path, root);
            }
        }
    }

    /// Objects are merged; the texts of parameters go by name; everything else is replaced.
    private static void merge(ObjectNode into, JsonNode from) {
        for (Map.Entry<String, JsonNode> entry : from.properties()) {
            JsonNode present = into.path(entry.getKey());
            if (entry.getKey().equals("parameters") && entry.getValue().isObject()) {
                describe(present, entry.getValue());
            } else if (entry.getKey().equals("schema") || !(present instanceof ObjectNode object)) {
                assertThat(entry.getKey().startsWith("/") && present.isMissingNode())
                        .as("a path that no controller serves: %s", entry.getKey())
                        .isFalse();
                into.set(entry.getKey(), entry.getValue());
            } else {
                merge(object, entry.getValue());
            }
        }
    }

    private static void describe(JsonNode parameters, JsonNode texts) {
        for (Map.Entry<String, JsonNode> text : texts.properties()) {
            ObjectNode parameter = null;
            for (JsonNode each : parameters) {
                parameter = each.path("name").asString().equals(text.getKey()) ? (ObjectNode) each : parameter;
            }
            assertThat(parameter).as("parameter %s", text.getKey()).isNotNull();
            parameter.set("description", text.getValue());
        }
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            node.properties().forEach(entry -> sorted.put(entry.getKey(), sorted(entry.getValue())));
            ObjectNode object = RunningApi.JSON.createObjectNode();
            sorted.forEach(object::set);
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = RunningApi.JSON.createArrayNode();
            node.forEach(each -> array.add(sorted(each)));
            return array;
        }
        return node;
    }
}
