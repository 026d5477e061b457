package io.aerocast.service.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/// Replies 503 to requests beyond a number that is handled at a time, so that their bodies cannot fill the
/// memory. Probes are always answered.
final class ConcurrentRequests extends OncePerRequestFilter {

    /// Probes, and a stream that lasts for as long as its client listens and has a limit of its own.
    private static final Set<String> UNCOUNTED = Set.of("/livez", "/readyz", "/healthz", "/v1/events");

    private final int limit;
    private final Semaphore free;

    ConcurrentRequests(int limit) {
        this.limit = limit;
        this.free = new Semaphore(limit);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return UNCOUNTED.contains(request.getRequestURI());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!free.tryAcquire()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            response.sendError(
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    "More than %d requests at a time; send it again later".formatted(limit));
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            free.release();
        }
    }
}
