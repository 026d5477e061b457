package io.aerocast.trainer.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.trainer.TrainerService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

class RollbackControllerTest {

    @Test
    void theServiceRefusesARequestWithoutAPipeline(@TempDir Path directory) throws Exception {
        try (ConfigurableApplicationContext service = TrainerService.start(
                        "--server.port=0",
                        "--spring.kafka.bootstrap-servers=127.0.0.1:1",
                        "--aerocast.trainer.data.directory=" + directory);
                HttpClient client = HttpClient.newHttpClient()) {
            String port = service.getEnvironment().getRequiredProperty("local.server.port");
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/rollback"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"gru\"}"))
                    .build();

            HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(reply.statusCode()).isEqualTo(400);
            assertThat(reply.body()).contains("Field 'pipeline' is missing");
        }
    }
}
