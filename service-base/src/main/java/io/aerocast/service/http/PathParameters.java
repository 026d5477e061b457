package io.aerocast.service.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.http.HttpStatus;
import org.springframework.util.StringUtils;

/// Refuses malformed escapes in the parameters of a path, as in `/latest;a=%`. The server does not decode them,
/// and Spring fails on them before it knows who could answer.
final class PathParameters extends ValveBase {

    PathParameters() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        String path = request.getRequestURI();
        if (path != null && path.indexOf(';') >= 0 && !decodes(path)) {
            response.sendError(
                    HttpStatus.BAD_REQUEST.value(),
                    "Expected escapes such as %C3%A9 in the path, found malformed ones");
        } else {
            getNext().invoke(request, response);
        }
    }

    private static boolean decodes(String path) {
        try {
            StringUtils.uriDecode(path, UTF_8);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
