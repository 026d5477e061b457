package io.aerocast.service.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/// Replies 503 to requests beyond a number that is handled at a time, so that their bodies cannot fill the
/// memory. Probes are always answered.
final class ConcurrentRequests extends OncePerRequestFilter {

    /// A stream that lasts for as long as its client listens, with a limit of its own.
    private static final String EVENTS = "/v1/events";

    private final int limit;
    private final Semaphore free;

    ConcurrentRequests(int limit) {
        this.limit = limit;
        this.free = new Semaphore(limit);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return AccessConfiguration.PROBES.contains(path) || path.equals(EVENTS);
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
