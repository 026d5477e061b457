package io.aerocast.service.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.util.matcher.RequestMatcher;

/// Matches requests that a browser sends for a page of another site. Browsers say so in `Sec-Fetch-Site`, older ones
/// by `Origin`; programs send neither.
final class CrossSite implements RequestMatcher {

    private static final Set<String> OWN = Set.of("same-origin", "none");

    private final Set<String> allowed;

    /// @param allowed origins of other sites whose pages may send requests
    CrossSite(Set<String> allowed) {
        this.allowed = allowed;
    }

    @Override
    public boolean matches(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null && allowed.contains(origin)) {
            return false;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !OWN.contains(site);
        }
        return origin != null && !isOwn(origin, request.getHeader(HttpHeaders.HOST));
    }

    /// Schemes are not compared: a proxy may have ended TLS.
    private static boolean isOwn(String origin, @Nullable String host) {
        try {
            return host != null && host.equalsIgnoreCase(new URI(origin).getAuthority());
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
