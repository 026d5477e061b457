package io.aerocast.api.feed;

import io.aerocast.api.feed.FeedStream.Wanted;
import io.aerocast.api.http.Problem;
import io.aerocast.api.http.RequestFields;
import io.aerocast.pipeline.Pipelines;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `GET /v1/events`: server-sent events, until the client leaves. Each client has a virtual thread, which may block.
/// Errors: 400 for an unknown pipeline, 503 beyond the number of clients.
@RestController
final class FeedController {

    private static final String RETRY_SECONDS = "10";

    private final Pipelines pipelines;
    private final FeedStream stream;
    private final Semaphore places;

    /// @param clients largest number of clients at a time
    FeedController(Pipelines pipelines, FeedStream stream, int clients) {
        this.pipelines = pipelines;
        this.stream = stream;
        this.places = new Semaphore(clients);
    }

    @GetMapping(path = "/v1/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void events(
            @RequestParam @Nullable String pipeline,
            @RequestParam @Nullable String station,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastId,
            HttpMethod method,
            HttpServletResponse response)
            throws InterruptedException {
        if (pipeline != null) {
            RequestFields.pipeline("pipeline", pipeline, pipelines);
        }
        if (!places.tryAcquire()) {
            throw full();
        }
        try {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setCharacterEncoding("UTF-8");
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            response.setHeader("X-Accel-Buffering", "no"); // nginx would hold events back
            if (!method.equals(HttpMethod.HEAD)) {
                stream.write(new Wanted(pipeline, station), lastId, response.getOutputStream());
            }
        } catch (IOException _) {
            // The client has left.
        } finally {
            places.release();
        }
    }

    private static Problem full() {
        Problem problem = Problem.unavailable(
                "Too many listeners", "As many clients listen as aerocast.api.events.clients allows; try again later");
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        return problem;
    }
}
