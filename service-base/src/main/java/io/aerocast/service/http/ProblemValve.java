package io.aerocast.service.http;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/// Writes the problem detail of each error that no controller has answered: of a request that the server refuses by
/// itself, such as a malformed request line, and of `sendError` in a filter, whose message becomes the detail.
final class ProblemValve extends ErrorReportValve {

    private static final int LONGEST_DETAIL = 300;
    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status >= HttpStatus.BAD_REQUEST.value()
                && response.getContentWritten() == 0
                && response.setErrorReported()
                && reaches(response)) {
            write(request, response, status);
        }
    }

    /// Whether the connection can still be written to.
    private static boolean reaches(Response response) {
        AtomicBoolean allowed = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, allowed);
        return allowed.get();
    }

    private static void write(Request request, Response response, int status) {
        try {
            // An earlier failure may have reset the headers.
            SecurityHeaders.set(response);
            response.setHeader(RequestIds.HEADER, RequestIds.current());
            response.resetBuffer(true);
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            byte[] body = JSON.writeValueAsBytes(body(request, response, status));
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException _) {
            // The client has gone; there is nobody to report to.
        }
    }

    private static Map<String, Object> body(Request request, Response response, int status) {
        Map<String, Object> body = new TreeMap<>();
        body.put("status", status);
        body.put("title", Problem.title(status));
        body.put("detail", detail(status, response.getMessage()));
        body.put("instance", Problem.instance(request.getRequestURI()).toString());
        String id = RequestIds.current();
        if (id != null) {
            body.put(Problem.REQUEST_ID, id);
        }
        return body;
    }

    private static String detail(int status, @Nullable String message) {
        if (message == null || message.isBlank() || status >= HttpStatus.INTERNAL_SERVER_ERROR.value()) {
            return detail(status);
        }
        return message.length() <= LONGEST_DETAIL ? message : message.substring(0, LONGEST_DETAIL) + "…";
    }

    private static String detail(int status) {
        return switch (status) {
            case 400 -> "Expected a well-formed HTTP request, found a malformed one";
            case 401 -> "Expected credentials, found none that are valid";
            case 403 -> "The request is not allowed";
            case 404 -> "Nothing is served there";
            case 405 -> "Expected another method";
            case 408 -> "The request did not arrive in time";
            case 413 -> "Expected a smaller request";
            case 414 -> "Expected a shorter address";
            case 417 -> "Expected '100-continue' as the only expectation in Expect, found another one";
            case 431 -> "Expected smaller request headers";
            case 501 -> "Expected no transfer encoding but 'chunked', and a method of HTTP";
            case 503 -> "The service cannot answer now; send the request again later";
            case 505 -> "Expected HTTP/1.0 or HTTP/1.1, found another version";
            default ->
                status < HttpStatus.INTERNAL_SERVER_ERROR.value()
                        ? "The request cannot be processed"
                        : "The service failed; its log tells more";
        };
    }
}
