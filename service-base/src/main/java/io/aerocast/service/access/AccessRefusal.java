package io.aerocast.service.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.util.matcher.RequestMatcher;

/// Replies 401 to requests without a valid token, 503 if its issuer is away, and 403 to those of another
/// site's pages. The valve of the server writes the problem detail.
final class AccessRefusal implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final RequestMatcher foreign;

    /// @param foreign requests that no token allows
    AccessRefusal(RequestMatcher foreign) {
        this.foreign = foreign;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (foreign.matches(request)) {
            refuseForeign(response);
            return;
        }
        if (failure instanceof IssuerAway) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        boolean sent = failure instanceof OAuth2AuthenticationException;
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, sent ? "Bearer error=\"invalid_token\"" : "Bearer");
        response.sendError(
                HttpServletResponse.SC_UNAUTHORIZED,
                "Expected 'Authorization: Bearer' with a token of this service, found %s"
                        .formatted(sent ? "another one" : "none"));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
            throws IOException {
        refuseForeign(response);
    }

    private static void refuseForeign(HttpServletResponse response) throws IOException {
        response.sendError(
                HttpServletResponse.SC_FORBIDDEN,
                "Expected a request of this site or of a program, found one that a page of another site has sent");
    }
}
