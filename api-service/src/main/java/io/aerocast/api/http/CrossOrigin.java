package io.aerocast.api.http;

import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Lets web pages of the configured origins use the api; by default none may.
final class CrossOrigin implements WebMvcConfigurer {

    private final HttpProperties properties;

    CrossOrigin(HttpProperties properties) {
        this.properties = properties;
    }

    @Override
    public void addCorsMappings(CorsRegistry registry) {
        if (!properties.corsOrigins().isEmpty()) {
            registry.addMapping("/**")
                    .allowedOrigins(properties.corsOrigins().toArray(String[]::new))
                    .allowedMethods("GET", "HEAD", "POST", "DELETE")
                    .allowedHeaders(
                            HttpHeaders.CONTENT_TYPE, HttpHeaders.AUTHORIZATION, "Last-Event-ID", "X-Request-Id")
                    .exposedHeaders(HttpHeaders.ETAG, HttpHeaders.RETRY_AFTER, "X-Request-Id");
        }
    }
}
