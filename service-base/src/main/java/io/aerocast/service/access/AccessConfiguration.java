package io.aerocast.service.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/// The access rules of every service. Requests that change something need a token where one is configured, and never
/// come from a page of another site; reading is open or takes a token as well.
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@EnableConfigurationProperties({AccessProperties.class, HttpProperties.class, ManagementServerProperties.class})
public class AccessConfiguration {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    static final Set<String> PROBES = Set.of("/livez", "/readyz", "/healthz");

    /// A forecast of readings that the client sends: it is stored nowhere.
    private static final Set<String> PREDICT = Set.of("/predict", "/v1/predict");

    @Bean
    SecurityFilterChain access(HttpSecurity http, AccessProperties access, AuthenticationManager tokens) {
        RequestMatcher crossSite = new CrossSite(Set.copyOf(access.origins()));
        RequestMatcher foreign = request -> changes(request) && crossSite.matches(request);
        AccessRefusal refusal = new AccessRefusal(foreign);
        if (access.isProtected()) {
            // Without a token of its own the service passes on what it is sent, such as that of another service.
            http.addFilter(bearerTokens(tokens, refusal));
        }
        return http.csrf(AbstractHttpConfigurer::disable)
                // The valve sets the headers of every reply, also of those that come from no filter.
                .headers(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .cors(cors -> cors.configurationSource(otherSites(access.origins())))
                .authorizeHttpRequests(rules -> {
                    rules.requestMatchers(foreign).denyAll();
                    rules.requestMatchers(request -> needsToken(request, access))
                            .authenticated();
                    rules.anyRequest().permitAll();
                })
                .exceptionHandling(
                        failures -> failures.authenticationEntryPoint(refusal).accessDeniedHandler(refusal))
                .build();
    }

    /// Without the configurer of a resource server, which adds an endpoint of its own.
    private static BearerTokenAuthenticationFilter bearerTokens(AuthenticationManager tokens, AccessRefusal refusal) {
        BearerTokenAuthenticationFilter filter = new BearerTokenAuthenticationFilter(tokens);
        filter.setAuthenticationEntryPoint(refusal);
        filter.setAuthenticationFailureHandler(refusal::commence);
        return filter;
    }

    private static boolean changes(HttpServletRequest request) {
        boolean predicts = request.getMethod().equals("POST") && PREDICT.contains(request.getRequestURI());
        return !predicts && !SAFE.contains(request.getMethod());
    }

    private static boolean needsToken(HttpServletRequest request, AccessProperties access) {
        if (!access.isProtected() || PROBES.contains(request.getRequestURI())) {
            return false;
        }
        return access.reading() == AccessProperties.Reading.TOKEN || changes(request);
    }

    /// Answers to pages of the allowed origins alone; the rules above decide about others.
    private static CorsConfigurationSource otherSites(List<String> origins) {
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOrigins(origins);
        cors.setAllowedMethods(List.of("GET", "POST", "DELETE"));
        cors.setAllowedHeaders(List.of("Authorization", "Content-Type", "Last-Event-ID", "X-Request-Id"));
        cors.setExposedHeaders(List.of("ETag", "Retry-After", "X-Request-Id"));
        return request -> origins.contains(String.valueOf(request.getHeader(HttpHeaders.ORIGIN))) ? cors : null;
    }

    /// Accepts the configured token and those of the issuer. Without either no token is valid.
    @Bean
    AuthenticationManager tokens(AccessProperties access) {
        List<AuthenticationProvider> accepted = new ArrayList<>();
        access.secret()
                .map(StaticToken::new)
                .map(OpaqueTokenAuthenticationProvider::new)
                .ifPresent(accepted::add);
        URI issuer = access.issuer();
        String audience = access.audience();
        if (issuer != null && audience != null) {
            accepted.add(new IssuedTokens(issuer, audience));
        }
        return accepted.isEmpty()
                ? _ -> {
                    throw new InvalidBearerTokenException("no token is configured");
                }
                : new ProviderManager(accepted);
    }

    @Bean
    StrictHttpFirewall hosts(AccessProperties access, ServerProperties server) {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        // Endpoints refuse these by themselves, and say what they expected.
        firewall.setUnsafeAllowAnyHttpMethod(true);
        firewall.setAllowedParameterNames(_ -> true);
        firewall.setAllowedParameterValues(_ -> true);
        firewall.setAllowedHeaderNames(_ -> true);
        firewall.setAllowedHeaderValues(_ -> true);
        firewall.setAllowedHostnames(new HostNames(access.hosts(), !isLoopback(server.getAddress())));
        return firewall;
    }

    @Bean
    RequestRejectedHandler refusedHosts() {
        return (_, response, rejected) ->
                response.sendError(HttpServletResponse.SC_BAD_REQUEST, String.valueOf(rejected.getMessage()));
    }

    @Bean
    FilterRegistrationBean<ConcurrentRequests> concurrentRequests(HttpProperties http) {
        FilterRegistrationBean<ConcurrentRequests> filter =
                new FilterRegistrationBean<>(new ConcurrentRequests(http.maxConcurrent()));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    @Bean
    BodyLimit bodyLimit(HttpProperties http) {
        return new BodyLimit(http);
    }

    @Bean
    OpenDoor openDoor(
            AccessProperties access,
            ServerProperties server,
            ManagementServerProperties management,
            Environment environment) {
        OpenDoor door = new OpenDoor(access);
        door.check("server.address", server.getAddress());
        if (ManagementPortType.get(environment) == ManagementPortType.DIFFERENT) {
            door.check("management.server.address", management.getAddress());
        }
        return door;
    }

    static boolean isLoopback(@Nullable InetAddress address) {
        return address != null && address.isLoopbackAddress();
    }
}
