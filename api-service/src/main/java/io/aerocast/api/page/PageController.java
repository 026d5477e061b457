package io.aerocast.api.page;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/// `GET /`: the live page; `GET /page/{name}`: the files that it needs, uPlot among them
/// (<https://github.com/leeoniya/uPlot>, version 1.6.32, MIT licence). Replies carry an `ETag` and must be revalidated,
/// so that an update takes effect at once. Errors: 404 for other names.
@RestController
final class PageController {

    private static final String INDEX = "index.html";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "txt", "text/plain;charset=utf-8",
            "svg", "image/svg+xml");

    private static final List<String> FILES = List.of(
            INDEX,
            "page.css",
            "page.js",
            "attention.js",
            "chart.js",
            "controls.js",
            "elements.js",
            "forecast.js",
            "models.js",
            "series.js",
            "simulator.js",
            "skill.js",
            "source.js",
            "story.js",
            "words.js",
            "icon.svg",
            "uplot.js",
            "uplot.css",
            "uplot.LICENSE.txt");

    private record Served(byte[] content, MediaType type, String tag) {}

    private final Map<String, Served> files =
            FILES.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), PageController::read));

    @GetMapping("/")
    ResponseEntity<byte[]> page() throws NoResourceFoundException {
        return file(INDEX);
    }

    @GetMapping("/page/{name}")
    ResponseEntity<byte[]> file(@PathVariable String name) throws NoResourceFoundException {
        Served file = files.get(name);
        if (file == null) {
            throw new NoResourceFoundException(HttpMethod.GET, "/page/" + name, "page/" + name);
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .eTag(file.tag())
                .contentType(file.type())
                .body(file.content());
    }

    private static Served read(String name) {
        try (InputStream in = PageController.class.getResourceAsStream("page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The resource page/%s is missing from api-service".formatted(name));
            }
            byte[] content = in.readAllBytes();
            String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
            return new Served(content, MediaType.parseMediaType(type), DigestUtils.md5DigestAsHex(content));
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read the resource page/%s".formatted(name), e);
        }
    }
}
