package io.aerocast.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aerocast.api.evaluate.EvaluateProperties;
import io.aerocast.api.feed.FeedProperties;
import io.aerocast.api.http.HttpProperties;
import io.aerocast.api.page.LinksProperties;
import io.aerocast.api.predict.PredictProperties;
import io.aerocast.api.retrain.RetrainProperties;
import io.aerocast.api.simulation.SimulationProperties;
import io.aerocast.api.station.HistoryProperties;
import io.aerocast.api.stream.StreamProperties;
import io.aerocast.api.training.TrainerProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class PropertiesTest {

    @Test
    void statesEveryDefault() {
        assertThat(bind("aerocast.api.http", HttpProperties.class, Map.of()))
                .isEqualTo(new HttpProperties(DataSize.ofMegabytes(1), List.of()));
        assertThat(bind("aerocast.api.events", FeedProperties.class, Map.of()))
                .isEqualTo(new FeedProperties(4096, 100, Duration.ofSeconds(15)));
        assertThat(bind("aerocast.api.evaluate", EvaluateProperties.class, Map.of()))
                .isEqualTo(new EvaluateProperties(100, 30_000, 10_000, 1000, 50, 500));
        assertThat(bind("aerocast.api.predict", PredictProperties.class, Map.of()))
                .isEqualTo(new PredictProperties(5, 1000));
        assertThat(bind("aerocast.api.retrain", RetrainProperties.class, Map.of()))
                .isEqualTo(new RetrainProperties(Duration.ofDays(7)));
        assertThat(bind("aerocast.api.live", StreamProperties.class, Map.of()))
                .isEqualTo(new StreamProperties("aerocast-api", 100_000, 336, 2000, 10_000));
        assertThat(bind("aerocast.api.history", HistoryProperties.class, Map.of()))
                .isEqualTo(new HistoryProperties(Duration.ofDays(7), 1000, 500_000));
        assertThat(bind("aerocast.api.simulator", SimulationProperties.class, Map.of()))
                .isEqualTo(new SimulationProperties(null, Duration.ofSeconds(2)));
        assertThat(bind("aerocast.api.trainer", TrainerProperties.class, Map.of()))
                .isEqualTo(new TrainerProperties(null, Duration.ofSeconds(10)));
        assertThat(bind("aerocast.api.links", LinksProperties.class, Map.of()))
                .isEqualTo(new LinksProperties(null, null, null));
    }

    @Test
    void refusesImpossibleValues() {
        assertThatThrownBy(() -> bind(
                        "aerocast.api.retrain",
                        RetrainProperties.class,
                        Map.of("aerocast.api.retrain.max-age", "10ms")))
                .hasRootCauseMessage("aerocast.api.retrain.max-age must be at least 1s, found PT0.01S");
        assertThatThrownBy(() ->
                        bind("aerocast.api.http", HttpProperties.class, Map.of("aerocast.api.http.max-body", "0B")))
                .hasRootCauseMessage("aerocast.api.http.max-body must lie between 1B and 2GB, found 0B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org", "https://example.org/", "https://*.example.org", "null"})
    void refusesAnOriginThatIsNone(String origin) {
        assertThatThrownBy(() -> bind(
                        "aerocast.api.http", HttpProperties.class, Map.of("aerocast.api.http.cors-origins", origin)))
                .hasRootCauseMessage(
                        "aerocast.api.http.cors-origins must be origins such as https://example.org, or *, found %s",
                        origin);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            grafana    | localhost:3000            | must be an absolute http or https URI such as http://localhost:5000, found localhost:3000
            prometheus | javascript:alert(1)       | must be an absolute http or https URI such as http://localhost:5000, found javascript:alert(1)
            mlflow     | /mlflow                   | must be an absolute http or https URI such as http://localhost:5000, found /mlflow
            grafana    | http://my host            | must be an absolute http or https URI such as http://localhost:5000, found http://my host
            mlflow     | http:///runs              | must be an absolute http or https URI such as http://localhost:5000, found http:///runs
            grafana    | https://me:secret@grafana | is shown to everyone and must not hold a user or a password
            mlflow     | http://mlflow/#/runs      | must be the address of MLflow without ? and #, found http://mlflow/#/runs
            """)
    void refusesAnInvalidLink(String name, String link, String reason) {
        String key = "aerocast.api.links." + name;

        assertThatThrownBy(() -> bind("aerocast.api.links", LinksProperties.class, Map.of(key, link)))
                .hasRootCauseMessage("%s %s", key, reason);
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
    }
}
