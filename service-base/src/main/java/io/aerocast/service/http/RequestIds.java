package io.aerocast.service.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.springframework.http.MediaType;

/// Gives each request an id: that of its header `X-Request-Id` if it is 1 to 64 letters, digits, `.`, `_` or `-`, else
/// a new one. The reply has it in the same header, a problem detail as `requestId`, and each line that is logged
/// meanwhile in its context. Every problem detail is logged.
///
/// A valve, since filters do not see the requests that the server refuses by itself.
final class RequestIds extends ValveBase {

    static final String HEADER = "X-Request-Id";

    private static final Logger log = LoggerFactory.getLogger(RequestIds.class);
    private static final String CONTEXT = "requestId";
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Set<Integer> OF_THE_SERVICE = Set.of(500, 503);
    private static final int LONGEST_PART = 120;

    RequestIds() {
        super(true);
    }

    /// The id of the request that this thread handles; `null` outside of a request.
    static @Nullable String current() {
        return MDC.get(CONTEXT);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        String id = idOf(request);
        response.setHeader(HEADER, id);
        SecurityHeaders.set(response);
        MDC.put(CONTEXT, id);
        try {
            getNext().invoke(request, response);
            logProblem(request, response);
        } finally {
            MDC.remove(CONTEXT);
        }
    }

    /// An asynchronous request comes by more than once, and keeps its id.
    private static String idOf(Request request) {
        Object before = request.getAttribute(RequestIds.class.getName());
        if (before instanceof String id) {
            return id;
        }
        String sent = request.getHeader(HEADER);
        String id = sent != null && VALID.matcher(sent).matches() ? sent : next();
        request.setAttribute(RequestIds.class.getName(), id);
        return id;
    }

    private static String next() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    private static void logProblem(Request request, Response response) {
        String type = response.getContentType();
        if (type == null || !type.startsWith(MediaType.APPLICATION_PROBLEM_JSON_VALUE)) {
            return;
        }
        int status = response.getStatus();
        log.atLevel(OF_THE_SERVICE.contains(status) ? Level.WARN : Level.INFO)
                .addKeyValue("status", status)
                .addKeyValue("method", abbreviated(request.getMethod()))
                .addKeyValue("path", abbreviated(request.getRequestURI()))
                .log("request refused");
    }

    /// A part of the request line as received, so without line breaks; empty if it could not be read.
    private static String abbreviated(@Nullable String part) {
        String text = part == null ? "" : part;
        return text.length() <= LONGEST_PART ? text : text.substring(0, LONGEST_PART) + "…";
    }
}
