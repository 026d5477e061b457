package io.aerocast.service.http;

import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
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
    private static final String FAILED = "The service failed; its log tells more";

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail body = ProblemDetail.forStatusAndDetail(status, malformed(e));
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

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotAcceptable(
            HttpMediaTypeNotAcceptableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<MediaType> supported = e.getSupportedMediaTypes();
        String detail = supported.isEmpty()
                ? "Expected media types in Accept, found something else"
                : "Expected one of %s in Accept, found none of them".formatted(supported);
        return handleExceptionInternal(e, ProblemDetail.forStatusAndDetail(status, detail), headers, status, request);
    }

    /// A header such as `Accept` that is read by the code of an endpoint.
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> malformedMediaType(InvalidMimeTypeException e, WebRequest request) {
        return refused(HttpStatus.BAD_REQUEST, "Expected media types in Accept and Content-Type", e, request);
    }

    /// A query or a form that is malformed or has too many parameters.
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> malformedParameters(InvalidParameterException e, WebRequest request) {
        HttpStatusCode status = HttpStatusCode.valueOf(e.getErrorCode());
        return refused(status, "Expected well-formed parameters such as a=%C3%A9&b=2, found others", e, request);
    }

    /// A body that ends too soon, is chunked wrongly or does not arrive.
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> incompleteBody(BadRequestException e, WebRequest request) {
        return e.getCause() instanceof SocketTimeoutException
                ? refused(HttpStatus.REQUEST_TIMEOUT, "The body did not arrive in time", e, request)
                : refused(HttpStatus.BAD_REQUEST, "Expected a complete body, found a part or a bad chunk", e, request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unexpected(Exception e, WebRequest request) {
        return refused(HttpStatus.INTERNAL_SERVER_ERROR, FAILED, e, request);
    }

    private @Nullable ResponseEntity<Object> refused(
            HttpStatusCode status, String detail, Exception e, WebRequest request) {
        return handleExceptionInternal(
                e, ProblemDetail.forStatusAndDetail(status, detail), new HttpHeaders(), status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (request instanceof ServletWebRequest web
                && web.getResponse() != null
                && web.getResponse().isCommitted()) {
            return null; // The server has refused the body itself.
        }
        if (status.isSameCodeAs(HttpStatus.INTERNAL_SERVER_ERROR)) {
            log.atError().setCause(e).log("request failed");
        }
        return super.handleExceptionInternal(e, body, headers, status, request);
    }

    /// The content type is fixed: a client that accepts no JSON gets the reason of its failure nevertheless.
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        HttpHeaders all = new HttpHeaders(headers);
        all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        ProblemDetail problem = body instanceof ProblemDetail detail ? detail : ProblemDetail.forStatus(status);
        if (problem.getTitle() == null || status.isSameCodeAs(HttpStatus.BAD_REQUEST)) {
            problem.setTitle(Problem.title(status.value()));
        }
        if (request instanceof ServletWebRequest web) {
            problem.setInstance(Problem.instance(web.getRequest().getRequestURI()));
        }
        String id = RequestIds.current();
        if (id != null) {
            problem.setProperty(Problem.REQUEST_ID, id);
        }
        return new ResponseEntity<>(problem, all, status);
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
