package io.aerocast.trainer.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class MlflowPropertiesTest {

    @Test
    void statesTheDefaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(new MlflowProperties(
                        null, null, null, null, null, null, "aerocast", Duration.ofSeconds(10), Duration.ofMinutes(1)));
    }

    @Test
    void treatsAnEmptyVariableAsMissing() {
        assertThat(bind(Map.of("tracking-uri", "", "username", " ", "token", "", "server-certificate", "")))
                .isEqualTo(bind(Map.of()));
    }

    @Test
    void takesAnAddressWithoutItsLastSlash() {
        assertThat(bind(Map.of("tracking-uri", "https://mlflow.example.org/team/"))
                        .trackingUri())
                .isEqualTo("https://mlflow.example.org/team");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    tracking-uri | databricks             | is an address such as https://mlflow.example.org, found 'databricks'
                    tracking-uri | sqlite:///mlflow.db    | found 'sqlite:///mlflow.db'
                    tracking-uri | http://me:secret@host  | holds no user name: set MLFLOW_TRACKING_USERNAME
                    tracking-uri | http://me:secret@a_b   | holds no user name
                    tracking-uri | http://me:sec^ret@host | found '…@host'
                    tracking-uri | me:secret@host:5000    | holds no user name
                    tracking-uri | http://h/?token=secret | found 'http://h/…'
                    username     | me                     | goes with a password (MLFLOW_TRACKING_PASSWORD)
                    name-prefix  | a/b                    | letters, digits, '.', '_' and '-', found 'a/b'
                    timeout      | 0s                     | are positive, found PT0S
                    """)
    void refusesAnInvalidValue(String key, String value, String message) {
        assertThatThrownBy(() -> bind(Map.of(key, value)))
                .rootCause()
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret");
    }

    @Test
    void takesATokenWithoutItsLineBreak() {
        assertThat(bind(Map.of("token", "t0ken\n")).token()).isEqualTo("t0ken");
        assertThatThrownBy(() -> bind(Map.of("token", "secret\nother")))
                .rootCause()
                .hasMessageContaining("control characters")
                .hasMessageNotContaining("secret");
    }

    @Test
    void refusesAUserAndAToken() {
        assertThatThrownBy(() -> bind(Map.of("username", "me", "password", "p", "token", "t")))
                .rootCause()
                .hasMessageContaining("found both");
    }

    @Test
    void neverShowsASecret() {
        assertThat(bind(Map.of("username", "me", "password", "hidden")).toString())
                .doesNotContain("hidden");
        assertThat(bind(Map.of("token", "hidden")).toString()).doesNotContain("hidden");
    }

    private static MlflowProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings.entrySet().stream()
                        .collect(Collectors.toMap(
                                entry -> "aerocast.trainer.mlflow." + entry.getKey(), Map.Entry::getValue))))
                .bindOrCreate("aerocast.trainer.mlflow", MlflowProperties.class);
    }
}
