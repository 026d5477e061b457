package io.aerocast.api.http;

import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/// A failed request; the reply is an RFC 9457 problem detail.
public final class Problem extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    private Problem(HttpStatus status, String title, String detail) {
        super(status, body(status, title, detail), null);
    }

    /// 400: the request is invalid.
    ///
    /// @param detail the expectation and the finding
    public static Problem invalid(String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, "Invalid request", detail);
    }

    /// 404: the request names a thing that does not exist.
    ///
    /// @param title the missing thing
    /// @param detail the finding, and the remedy for the client
    public static Problem notFound(String title, String detail) {
        return new Problem(HttpStatus.NOT_FOUND, title, detail);
    }

    /// 429: more requests than the rate allows.
    ///
    /// @param detail the limit
    /// @param after time after which another request is accepted, sent as `Retry-After` in whole seconds
    public static Problem tooMany(String detail, Duration after) {
        Problem problem = new Problem(HttpStatus.TOO_MANY_REQUESTS, "Too many requests", detail);
        problem.getHeaders()
                .set(
                        HttpHeaders.RETRY_AFTER,
                        String.valueOf(after.plusSeconds(1).minusNanos(1).toSeconds()));
        return problem;
    }

    /// 413: the request body is larger than allowed.
    static Problem tooLarge(long limit) {
        return new Problem(
                HttpStatus.CONTENT_TOO_LARGE,
                "Request body too large",
                "Expected a body of at most %d bytes, found more".formatted(limit));
    }

    /// 503: the request is valid, but the service cannot process it now.
    ///
    /// @param title the missing part
    /// @param detail the reason, and the remedy for the client
    public static Problem unavailable(String title, String detail) {
        return new Problem(HttpStatus.SERVICE_UNAVAILABLE, title, detail);
    }

    private static ProblemDetail body(HttpStatus status, String title, String detail) {
        ProblemDetail body = ProblemDetail.forStatusAndDetail(status, detail);
        body.setTitle(title);
        return body;
    }
}
