package io.aerocast.service.access;

import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Who may send requests to a service, see `SECURITY.md`.
///
/// @param token bearer token of requests that change something, at least 16 characters; default none
/// @param tokenFile file with that token, such as a mounted secret; default none
/// @param issuer address of an OpenID Connect issuer whose tokens are accepted as well; default none
/// @param audience audience that tokens of the issuer must name, since it issues tokens for others as well; required
///     with `issuer`; default none
/// @param reading who may read: `open`, everybody, or `token`, only who sends a token, except for probes; default
///     `open`
/// @param unprotected whether the service may listen on an address that is not loopback without a token or an
///     issuer; default false
/// @param hosts names by which the service may be called, besides `localhost` and addresses; default none, which
///     means any name if the service listens on an address that is not loopback
/// @param origins origins of other sites, such as `https://weather.example`, whose pages may send requests; default
///     none
@Validated
@ConfigurationProperties(prefix = AccessProperties.PREFIX, ignoreUnknownFields = false)
public record AccessProperties(
        @Nullable String token,
        @Nullable Path tokenFile,
        @Nullable URI issuer,
        @Nullable String audience,
        @DefaultValue("open") @NotNull Reading reading,
        @DefaultValue("false") boolean unprotected,
        @DefaultValue @NotNull List<String> hosts,
        @DefaultValue @NotNull List<String> origins) {

    static final String PREFIX = "aerocast.access";

    private static final int SHORTEST = 16;

    /// Who may read.
    public enum Reading {
        OPEN,
        TOKEN
    }

    public AccessProperties {
        token = blankToNull(token);
        audience = blankToNull(audience);
        tokenFile = tokenFile == null || tokenFile.toString().isBlank() ? null : tokenFile;
        issuer = issuer == null || issuer.toString().isBlank() ? null : issuer;
        hosts = List.copyOf(hosts);
        origins = List.copyOf(origins);
        if (token != null && tokenFile != null) {
            throw new IllegalArgumentException(
                    "Expected %s.token or %s.token-file, found both".formatted(PREFIX, PREFIX));
        }
        if (reading == Reading.TOKEN && token == null && tokenFile == null && issuer == null) {
            throw new IllegalArgumentException("%s.reading=token needs a token or an issuer".formatted(PREFIX));
        }
        if (issuer != null && audience == null) {
            throw new IllegalArgumentException("%s.issuer needs %s.audience".formatted(PREFIX, PREFIX));
        }
        requireLength(token);
    }

    /// The token, read from its file if there is one.
    ///
    /// @throws UncheckedIOException if the file cannot be read
    /// @throws IllegalArgumentException if the token is too short
    public Optional<String> secret() {
        if (tokenFile == null) {
            return Optional.ofNullable(token);
        }
        try {
            String read = Files.readString(tokenFile).strip();
            requireLength(read);
            return Optional.of(read);
        } catch (IOException e) {
            throw new UncheckedIOException("%s.token-file cannot be read: %s".formatted(PREFIX, tokenFile), e);
        }
    }

    /// Whether there are strangers: without a token everyone has all rights.
    public boolean isProtected() {
        return token != null || tokenFile != null || issuer != null;
    }

    /// Without the token.
    @Override
    public String toString() {
        return "AccessProperties[token=%s, tokenFile=%s, issuer=%s, audience=%s, reading=%s, unprotected=%s, hosts=%s, origins=%s]"
                .formatted(
                        token == null ? "none" : "(hidden)",
                        tokenFile,
                        issuer,
                        audience,
                        reading,
                        unprotected,
                        hosts,
                        origins);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static void requireLength(@Nullable String secret) {
        if (secret != null && secret.length() < SHORTEST) {
            throw new IllegalArgumentException(
                    "Expected a token of at least %d characters, found %d".formatted(SHORTEST, secret.length()));
        }
    }
}
