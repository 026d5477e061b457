package io.aerocast.service.access;

import io.aerocast.service.http.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/// Reads request bodies up to the limit before they are parsed, whether or not they announce their length.
@ControllerAdvice
final class BodyLimit extends RequestBodyAdviceAdapter {

    private final int limit;

    BodyLimit(HttpProperties properties) {
        limit = (int) properties.maxBody().toBytes();
    }

    @Override
    public boolean supports(
            MethodParameter parameter, Type target, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage request,
            MethodParameter parameter,
            Type target,
            Class<? extends HttpMessageConverter<?>> converter)
            throws IOException {
        if (request.getHeaders().getContentLength() > limit) {
            throw Problem.tooLarge(limit);
        }
        byte[] body = request.getBody().readNBytes(limit + 1);
        if (body.length > limit) {
            throw Problem.tooLarge(limit);
        }
        return new Body(request.getHeaders(), body);
    }

    private record Body(HttpHeaders headers, byte[] bytes) implements HttpInputMessage {

        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }
}
