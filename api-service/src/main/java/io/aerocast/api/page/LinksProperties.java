package io.aerocast.api.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Links of the live page; each address is the one that a browser uses.
///
/// @param mlflow address of MLflow, such as `http://localhost:5000`; the page links to the runs of each pipeline's
///     experiment; default none
/// @param grafana address of Grafana or of one of its dashboards; default none
/// @param prometheus address of Prometheus; default none
@ConfigurationProperties(prefix = "aerocast.api.links", ignoreUnknownFields = false)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LinksProperties(
        @Nullable String mlflow,
        @Nullable String grafana,
        @Nullable String prometheus) {

    public LinksProperties {
        mlflow = checked("mlflow", mlflow);
        grafana = checked("grafana", grafana);
        prometheus = checked("prometheus", prometheus);
        if (mlflow != null && (mlflow.contains("?") || mlflow.contains("#"))) {
            throw new IllegalArgumentException(
                    "aerocast.api.links.mlflow must be the address of MLflow without ? and #, found %s"
                            .formatted(mlflow));
        }
    }

    /// MLflow's list of experiments, filtered by the name of a pipeline's experiment: the pages of an experiment
    /// have an id in their address that only MLflow knows.
    ///
    /// @return `null` if MLflow is not configured
    @Nullable
    URI runs(String pipeline) {
        if (mlflow == null) {
            return null;
        }
        String name = URLEncoder.encode("aerocast/" + pipeline, StandardCharsets.UTF_8);
        return URI.create("%s/#/experiments?experimentSearchFilter=%s".formatted(mlflow.replaceAll("/+$", ""), name));
    }

    /// @return `null` if the link is not configured
    private static @Nullable String checked(String name, @Nullable String link) {
        if (link == null || link.isBlank()) {
            return null;
        }
        if (!isWeb(link)) {
            throw new IllegalArgumentException(
                    "aerocast.api.links.%s must be an absolute http or https URI such as http://localhost:5000, found %s"
                            .formatted(name, link));
        }
        if (URI.create(link).getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "aerocast.api.links.%s is shown to everyone and must not hold a user or a password"
                            .formatted(name));
        }
        return link;
    }

    private static boolean isWeb(String link) {
        try {
            URI uri = new URI(link);
            return uri.getHost() != null
                    && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
