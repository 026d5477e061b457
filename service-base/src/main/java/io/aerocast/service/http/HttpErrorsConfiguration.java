package io.aerocast.service.http;

import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The replies of every service to failed requests. The configuration of a management port of its own takes it as
/// well, since that is another server.
@Configuration(proxyBeanMethods = false)
public class HttpErrorsConfiguration {

    @Bean
    ProblemDetails problemDetails() {
        return new ProblemDetails();
    }

    @Bean
    ContentEncodings contentEncodings() {
        return new ContentEncodings();
    }

    @Bean
    EndpointProblems endpointProblems() {
        return new EndpointProblems();
    }

    @Bean
    JsonOnly jsonOnly() {
        return new JsonOnly();
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> problemsOfTheServer() {
        return factory -> {
            factory.addEngineValves(new NoOldVersion(), new RequestIds(), new EmptyAccept());
            factory.addContextCustomizers(context -> {
                StandardHost host = (StandardHost) context.getParent();
                // An empty name: the host must not add its own reports, which are HTML.
                host.setErrorReportValveClass("");
                host.getPipeline().addValve(new ProblemValve());
                host.getPipeline().addValve(new PathParameters());
            });
        };
    }
}
