package io.aerocast.api.http;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;

/// Turns every failure into a problem detail that names the expectation and the finding, without internals of the
/// service.
@RestControllerAdvice
final class ProblemDetails extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemDetails.class);

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail body = ProblemDetail.forStatusAndDetail(status, malformed(e));
        body.setTitle("Invalid request");
        return handleExceptionInternal(e, body, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(
            HttpMediaTypeNotSupportedException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail body = ProblemDetail.forStatusAndDetail(
                status,
                "Expected Content-Type application/json, found %s"
                        .formatted(e.getContentType() == null ? "none" : e.getContentType()));
        return handleExceptionInternal(e, body, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpRequestMethodNotSupported(
            HttpRequestMethodNotSupportedException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String[] supported = e.getSupportedMethods();
        ProblemDetail body = ProblemDetail.forStatusAndDetail(
                status,
                "Expected %s, found %s"
                        .formatted(
                                supported == null ? "another method" : String.join(" or ", sorted(supported)),
                                e.getMethod()));
        return handleExceptionInternal(e, body, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail body = ProblemDetail.forStatusAndDetail(
                status, "Nothing is served at %s /%s".formatted(e.getHttpMethod(), e.getResourcePath()));
        return handleExceptionInternal(e, body, headers, status, request);
    }

    @ExceptionHandler
    ProblemDetail unexpected(Exception e) {
        log.atError().setCause(e).log("request failed");
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.INTERNAL_SERVER_ERROR, "The service failed; its log tells more");
    }

    private static String malformed(HttpMessageNotReadableException e) {
        return switch (e.getMostSpecificCause()) {
            // Other messages name the JSON library.
            case StreamConstraintsException json ->
                "Expected one JSON object, found one beyond all limits" + place(json);
            case StreamReadException json ->
                "Expected one JSON object, found malformed JSON%s: %s".formatted(place(json), fault(json));
            case JacksonException json ->
                "Expected one JSON object, found something else or more than one" + place(json);
            default -> "Expected a JSON object as body, found none";
        };
    }

    /// The text after the first colon names the JSON library.
    private static String fault(StreamReadException e) {
        return e.getOriginalMessage().split(": ", 2)[0];
    }

    private static String place(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        return at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    }

    private static String[] sorted(String[] methods) {
        String[] copy = methods.clone();
        Arrays.sort(copy);
        return copy;
    }
}
