package io.aerocast.api.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/// `GET /v1/openapi.json`, also `/openapi.json`: the OpenAPI document, which a test generates from the controllers.
/// `GET /docs/`: a page that shows it, with the files of Swagger UI. Errors: 404 for other files.
@RestController
final class OpenApiController {

    private static final String WEBJAR = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final MediaType JAVASCRIPT = MediaType.parseMediaType("text/javascript;charset=utf-8");

    private record Served(byte[] content, MediaType type, String tag) {}

    private final Served document = served("openapi.json", MediaType.APPLICATION_JSON);
    private final Map<String, Served> files = new HashMap<>();

    OpenApiController() {
        String swagger = "/META-INF/resources/webjars/swagger-ui/%s/".formatted(version());
        files.put("", served("index.html", MediaType.parseMediaType("text/html;charset=utf-8")));
        files.put("docs.js", served("docs.js", JAVASCRIPT));
        files.put("swagger-ui-bundle.js", served(swagger + "swagger-ui-bundle.js", JAVASCRIPT));
        files.put(
                "swagger-ui.css",
                served(swagger + "swagger-ui.css", MediaType.parseMediaType("text/css;charset=utf-8")));
    }

    @GetMapping({"/v1/openapi.json", "/openapi.json"})
    ResponseEntity<byte[]> document() {
        return reply(document);
    }

    @GetMapping({"/docs", "/docs/"})
    ResponseEntity<byte[]> page() throws NoResourceFoundException {
        return file("");
    }

    @GetMapping("/docs/{name}")
    ResponseEntity<byte[]> file(@PathVariable String name) throws NoResourceFoundException {
        Served file = files.get(name);
        if (file == null) {
            throw new NoResourceFoundException(HttpMethod.GET, "/docs/" + name, "docs/" + name);
        }
        return reply(file);
    }

    /// The tag is weak, since a strong one keeps the web server from compressing the reply.
    private static ResponseEntity<byte[]> reply(Served file) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .eTag("W/\"%s\"".formatted(file.tag()))
                .contentType(file.type())
                .body(file.content());
    }

    private static Served served(String resource, MediaType type) {
        byte[] content = read(resource);
        return new Served(content, type, DigestUtils.md5DigestAsHex(content));
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = OpenApiController.class.getResourceAsStream(WEBJAR)) {
            properties.load(in);
        } catch (IOException | NullPointerException e) {
            throw new IllegalStateException("Cannot read the version of Swagger UI", e);
        }
        return properties.getProperty("version");
    }

    private static byte[] read(String resource) {
        try (InputStream in = OpenApiController.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The resource %s is missing".formatted(resource));
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read the resource %s".formatted(resource), e);
        }
    }
}
