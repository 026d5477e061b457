package io.aerocast.service.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.http.MimeHeaders;
import org.springframework.http.HttpHeaders;

/// Removes an `Accept` that names no type, which means the same as none; Spring Boot's endpoints fail on it.
final class EmptyAccept extends ValveBase {

    EmptyAccept() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        MimeHeaders headers = request.getCoyoteRequest().getMimeHeaders();
        String accept = headers.getHeader(HttpHeaders.ACCEPT);
        if (accept != null && namesNone(accept)) {
            headers.removeHeader(HttpHeaders.ACCEPT);
        }
        getNext().invoke(request, response);
    }

    private static boolean namesNone(String accept) {
        return accept.chars().allMatch(c -> c == ',' || c == ' ' || c == '\t');
    }
}
