package io.aerocast.service.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/// A failed request; the reply is an RFC 9457 problem detail.
public final class Problem extends ErrorResponseException {

    static final String REQUEST_ID = "requestId";

    private static final long serialVersionUID = 1L;
    private static final String INVALID = "Invalid request";

    private Problem(HttpStatus status, String title, String detail) {
        super(status, body(status, title, detail), null);
    }

    /// 400: the request is invalid.
    ///
    /// @param detail the expectation and the finding
    public static Problem invalid(String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, INVALID, detail);
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

    /// 409: the state of the service does not allow the request.
    ///
    /// @param title the missing outcome
    /// @param detail the finding
    public static Problem conflict(String title, String detail) {
        return new Problem(HttpStatus.CONFLICT, title, detail);
    }

    /// 415: the request body is compressed. The reply names the accepted encoding, as RFC 9110 requires.
    static Problem encoded(String encoding) {
        Problem problem = new Problem(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "Unsupported Content-Encoding",
                "Expected a body without Content-Encoding, found '%s'".formatted(RequestFields.abbreviated(encoding)));
        problem.getHeaders().set(HttpHeaders.ACCEPT_ENCODING, "identity");
        return problem;
    }

    /// 413: the request body is larger than allowed.
    public static Problem tooLarge(long limit) {
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

    /// The title of an error that names no reason of its own.
    static String title(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        if (known == HttpStatus.BAD_REQUEST) {
            return INVALID;
        }
        return known == null ? "Error" : known.getReasonPhrase();
    }

    /// The address of the failed request: its path as received, or `/` if that is no path.
    static URI instance(@Nullable String path) {
        if (path == null || !path.startsWith("/")) {
            return URI.create("/");
        }
        try {
            // Two slashes would begin the name of a host.
            return new URI(path.replaceFirst("^/{2,}", "/"));
        } catch (URISyntaxException _) {
            return URI.create("/");
        }
    }

    private static ProblemDetail body(HttpStatus status, String title, String detail) {
        ProblemDetail body = ProblemDetail.forStatusAndDetail(status, detail);
        body.setTitle(title);
        return body;
    }
}
