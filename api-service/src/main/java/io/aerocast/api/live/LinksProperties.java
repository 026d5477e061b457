package io.aerocast.api.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Where the live page leads to, as a browser reaches it.
///
/// @param mlflow address of MLflow, such as `http://localhost:5000`; the page leads to the runs of each pipeline's
///     experiment there; default none
/// @param grafana address of Grafana or of one of its dashboards; default none
/// @param prometheus address of Prometheus; default none
@ConfigurationProperties(prefix = "aerocast.api.links", ignoreUnknownFields = false)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LinksProperties(
        @Nullable URI mlflow,
        @Nullable URI grafana,
        @Nullable URI prometheus) {

    public LinksProperties {
        require("mlflow", mlflow);
        require("grafana", grafana);
        require("prometheus", prometheus);
        if (mlflow != null && (mlflow.getRawFragment() != null || mlflow.getRawQuery() != null)) {
            throw new IllegalArgumentException(
                    "aerocast.api.links.mlflow must be the address of MLflow without ? and #, found %s"
                            .formatted(mlflow));
        }
    }

    /// MLflow's experiments, of which only those of a pipeline are shown; `null` where there is no MLflow. Its pages
    /// know an experiment by a number that only MLflow knows, but its list can be narrowed by name.
    @Nullable
    URI runs(String pipeline) {
        if (mlflow == null) {
            return null;
        }
        String name = URLEncoder.encode("aerocast/" + pipeline, StandardCharsets.UTF_8);
        return URI.create("%s/#/experiments?experimentSearchFilter=%s"
                .formatted(mlflow.toString().replaceAll("/+$", ""), name));
    }

    private static void require(String name, @Nullable URI link) {
        if (link == null) {
            return;
        }
        if (link.getHost() == null
                || !("http".equalsIgnoreCase(link.getScheme()) || "https".equalsIgnoreCase(link.getScheme()))) {
            throw new IllegalArgumentException(
                    "aerocast.api.links.%s must be an absolute http or https URI such as http://localhost:5000, found %s"
                            .formatted(name, link));
        }
        if (link.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "aerocast.api.links.%s is shown to everyone and must not hold a user or a password"
                            .formatted(name));
        }
    }
}
