package io.aerocast.api.http;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/// A request that cannot be answered. The client is told by an RFC 9457 problem detail.
public final class Problem extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    private Problem(HttpStatus status, String title, String detail) {
        super(status, body(status, title, detail), null);
    }

    /// 400: the request says something that cannot be.
    ///
    /// @param detail what was expected and what was found
    public static Problem invalid(String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, "Invalid request", detail);
    }

    /// 413: the request body is larger than allowed.
    static Problem tooLarge(long limit) {
        return new Problem(
                HttpStatus.CONTENT_TOO_LARGE,
                "Request body too large",
                "Expected a body of at most %d bytes, found more".formatted(limit));
    }

    /// 503: the request is good, and the service cannot answer it now.
    ///
    /// @param title what is away
    /// @param detail the reason, and what a client can do
    public static Problem unavailable(String title, String detail) {
        return new Problem(HttpStatus.SERVICE_UNAVAILABLE, title, detail);
    }

    private static ProblemDetail body(HttpStatus status, String title, String detail) {
        ProblemDetail body = ProblemDetail.forStatusAndDetail(status, detail);
        body.setTitle(title);
        return body;
    }
}
