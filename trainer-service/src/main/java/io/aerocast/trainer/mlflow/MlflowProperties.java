package io.aerocast.trainer.mlflow;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The MLflow tracking server. The environment variables are those of MLflow's own clients.
///
/// @param trackingUri base address, http or https, such as `http://127.0.0.1:5000`; default
///     `MLFLOW_TRACKING_URI`; without it runs are kept in the data directory alone
/// @param username of a server that asks for one; default `MLFLOW_TRACKING_USERNAME`
/// @param password that goes with the user name; default `MLFLOW_TRACKING_PASSWORD`
/// @param token bearer token, instead of a user name; default `MLFLOW_TRACKING_TOKEN`
/// @param serverCertificate PEM file with the certificates to trust, instead of the JVM's; default
///     `MLFLOW_TRACKING_SERVER_CERT_PATH`
/// @param clientCertificate PEM file with a client's certificate and its key; default
///     `MLFLOW_TRACKING_CLIENT_CERT_PATH`
/// @param namePrefix experiments are `<prefix>/<pipeline>`, registered models `<prefix>-<pipeline>`; default
///     `aerocast`
/// @param timeout longest time for one answer of the server; default 10 s
/// @param longestPause longest pause between two attempts while the server fails; the first one is 1 s; default
///     1 min
@Validated
@ConfigurationProperties(prefix = "aerocast.trainer.mlflow", ignoreUnknownFields = false)
public record MlflowProperties(
        @Nullable String trackingUri,
        @Nullable String username,
        @Nullable String password,
        @Nullable String token,
        @Nullable String serverCertificate,
        @Nullable String clientCertificate,
        @DefaultValue("aerocast") @NotNull String namePrefix,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("1m") Duration longestPause) {

    public MlflowProperties {
        String address = given(trackingUri);
        trackingUri = address == null ? null : base(address);
        username = given(username);
        password = given(password);
        token = given(token);
        serverCertificate = given(serverCertificate);
        clientCertificate = given(clientCertificate);
        if (!namePrefix.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException(
                    "A name prefix consists of letters, digits, '.', '_' and '-', found '%s'".formatted(namePrefix));
        }
        if (!timeout.isPositive() || !longestPause.isPositive()) {
            throw new IllegalArgumentException(
                    "Time-out and longest pause are positive, found %s and %s".formatted(timeout, longestPause));
        }
        if (token != null && username != null) {
            throw new IllegalArgumentException(
                    "A server takes a user name (MLFLOW_TRACKING_USERNAME) or a token (MLFLOW_TRACKING_TOKEN), found both");
        }
        if ((username == null) != (password == null)) {
            throw new IllegalArgumentException(
                    "A user name (MLFLOW_TRACKING_USERNAME) goes with a password (MLFLOW_TRACKING_PASSWORD), found one without the other");
        }
    }

    /// Without slashes at its end.
    private static String base(String text) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw notAnAddress(text);
        }
        if (text.contains("@")) {
            throw new IllegalArgumentException(
                    "The MLflow tracking URI holds no user name: set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD");
        }
        String scheme = String.valueOf(uri.getScheme());
        boolean web = scheme.equals("http") || scheme.equals("https");
        if (!web || uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
            throw notAnAddress(text);
        }
        return uri.toString().replaceFirst("/+$", "");
    }

    /// Leaves out the parts that may be secret.
    private static IllegalArgumentException notAnAddress(String found) {
        return new IllegalArgumentException(
                "The MLflow tracking URI (MLFLOW_TRACKING_URI) is an address such as https://mlflow.example.org, found '%s'"
                        .formatted(found.replaceFirst("(?s).*@", "…@").replaceFirst("(?s)[?#].*", "…")));
    }

    private static @Nullable String given(@Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        // Files and secrets of clusters often end with a line break.
        String stripped = value.strip();
        if (stripped.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("The MLflow settings hold no control characters such as line breaks");
        }
        return stripped;
    }

    /// Without the secrets.
    @Override
    public String toString() {
        return "MlflowProperties[trackingUri=%s, username=%s, namePrefix=%s, timeout=%s, longestPause=%s]"
                .formatted(trackingUri, username, namePrefix, timeout, longestPause);
    }
}
