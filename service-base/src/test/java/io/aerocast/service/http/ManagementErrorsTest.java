package io.aerocast.service.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.service.ServiceBase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// A management port of its own is another server, with the same replies.
class ManagementErrorsTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(ServiceBase.class)
    static class Service {}

    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void start() {
        service = new SpringApplicationBuilder(Service.class)
                .properties("spring.config.import=classpath:aerocast-base.yml", "spring.application.name=test")
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--management.server.address=127.0.0.1",
                        "--spring.kafka.bootstrap-servers=127.0.0.1:1");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET /nowhere, 404",
        "GET /error, 404",
        "GET /health/none, 404",
        "POST /metrics, 405",
        "TRACE /metrics, 405",
        "GET /%, 400",
        "GET /health;a=%, 400"
    })
    void refuses(String request, int status) throws IOException {
        String reply = send(request);

        assertThat(reply)
                .startsWith("HTTP/1.1 " + status)
                .contains("Content-Type: application/problem+json\r\n", "X-Content-Type-Options: nosniff\r\n")
                .contains("X-Request-Id: test-1\r\n", "\"requestId\":\"test-1\"");
    }

    @Test
    void answersAnEmptyAccept() throws IOException {
        assertThat(send("GET /metrics")).startsWith("HTTP/1.1 200");
    }

    private static String send(String request) throws IOException {
        int port = Integer.parseInt(service.getEnvironment().getRequiredProperty("local.management.port"));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(
                            "%s HTTP/1.1\r\nHost: localhost\r\nAccept:\r\nX-Request-Id: test-1\r\nConnection: close\r\n\r\n"
                                    .formatted(request)
                                    .getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
