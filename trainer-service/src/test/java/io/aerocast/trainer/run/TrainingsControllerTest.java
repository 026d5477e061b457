package io.aerocast.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.trainer.DataDirectory;
import io.aerocast.trainer.TrainerService;
import io.aerocast.trainer.record.Examples;
import io.aerocast.trainer.record.RunRecord;
import io.aerocast.trainer.record.RunRecords;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrainingsControllerTest {

    @Test
    void listsEndedRunsWithTheirVerdicts(@TempDir Path directory) throws Exception {
        try (ConfigurableApplicationContext service = TrainerService.start(
                        "--server.port=0",
                        "--spring.kafka.bootstrap-servers=127.0.0.1:1",
                        "--aerocast.trainer.data.directory=" + directory);
                HttpClient client = HttpClient.newHttpClient()) {
            URI base =
                    URI.create("http://127.0.0.1:" + service.getEnvironment().getRequiredProperty("local.server.port"));
            assertThat(get(client, base.resolve("/trainings"), 200).path("ended"))
                    .isEmpty();

            RunRecord run = Examples.started().with(Examples.held()).finished(Examples.TIME.plusSeconds(60));
            new RunRecords(new DataDirectory(directory)).save(run);

            JsonNode reply = get(client, base.resolve("/trainings?pipeline=sim"), 200);

            assertThat(reply.path("open")).isEmpty();
            assertThat(reply.at("/ended/0/run").asString()).isEqualTo(run.id());
            assertThat(reply.at("/ended/0/state").asString()).isEqualTo("finished");
            assertThat(reply.at("/ended/0/outcomes/0/verdict").asString()).isEqualTo("held");
            assertThat(reply.at("/ended/0/outcomes/0/reasons/0").asString()).isEqualTo("it forgot");
            assertThat(get(client, base.resolve("/trainings?pipeline=noaa"), 200)
                            .path("ended"))
                    .isEmpty();
            assertThat(get(client, base.resolve("/trainings?limit=0"), 400)
                            .path("detail")
                            .asString())
                    .isEqualTo("Parameter 'limit': expected a whole number from 1 to 1000, found 0");
        }
    }

    private static JsonNode get(HttpClient client, URI uri, int status) throws IOException, InterruptedException {
        HttpResponse<String> reply =
                client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        return JsonMapper.shared().readTree(reply.body());
    }
}
