package io.aerocast.trainer.mlflow;

import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/// TLS certificates of the connection: those that it trusts, and its own.
final class Certificates {

    private Certificates() {}

    /// The context, or empty where the settings of the JVM apply.
    ///
    /// @throws IllegalStateException if a file cannot be read, naming it
    static Optional<SSLContext> of(MlflowProperties properties) {
        String server = properties.serverCertificate();
        String client = properties.clientCertificate();
        if (server == null && client == null) {
            return Optional.empty();
        }
        try {
            SslBundle bundle = SslBundle.of(new PemSslStoreBundle(identity(client), trusted(server)));
            return Optional.of(bundle.createSslContext());
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "Cannot use the PEM files for MLflow, server certificate %s and client certificate %s: %s"
                            .formatted(server, client, e.getMessage()),
                    e);
        }
    }

    private static @Nullable PemSslStoreDetails identity(@Nullable String client) {
        return client == null
                ? null
                : PemSslStoreDetails.forCertificate(location(client)).withPrivateKey(location(client));
    }

    private static @Nullable PemSslStoreDetails trusted(@Nullable String server) {
        return server == null ? null : PemSslStoreDetails.forCertificate(location(server));
    }

    private static String location(String file) {
        return Path.of(file).toUri().toString();
    }
}
