package io.aerocast.service.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/// Closes the connection of a request of HTTP/0.9, which names no version. Its reply would have neither a status nor
/// headers, so a proxy could take it for anything.
final class NoOldVersion extends ValveBase {

    NoOldVersion() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        // A request line that could not be read has no version at all, and is answered.
        if ("".equals(request.getProtocol())) {
            response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
        } else {
            getNext().invoke(request, response);
        }
    }
}
