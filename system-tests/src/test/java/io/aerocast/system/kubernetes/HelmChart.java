package io.aerocast.system.kubernetes;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.aerocast.system.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/// The chart `helm/aerocast`, as Helm itself renders it.
final class HelmChart {

    static final Path DIRECTORY = Repository.ROOT.resolve("helm/aerocast");

    private final Helm helm = new Helm(DIRECTORY);

    LintResult lint() {
        return helm.lint().strict().call();
    }

    /// Packages the chart.
    ///
    /// @return the archive
    Path packageInto(Path directory) throws IOException {
        helm.packageIt().withDestination(directory).call();
        try (Stream<Path> files = Files.list(directory)) {
            return files.findFirst().orElseThrow();
        }
    }

    /// The value sets of the chart's own tests.
    static Stream<Path> valueSets() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY.resolve("ci"))) {
            return files.sorted().toList().stream();
        }
    }

    /// Renders the chart with a value set.
    Manifests render(Path valueSet) {
        return manifests(template().withValuesFile(valueSet));
    }

    /// Renders the chart with its own values, some of them overridden.
    ///
    /// @param values as `api.replicas` and 3
    /// @throws IllegalStateException with Helm's message, if it refuses them
    Manifests render(Map<String, Object> values) {
        TemplateCommand template = template();
        values.forEach(template::set);
        return manifests(template);
    }

    private TemplateCommand template() {
        return helm.template()
                .withName("aerocast")
                .withNamespace("aerocast")
                // Without them, Helm would look in the cluster for the generated ones.
                .set("access.token", "a-token-for-this-test-alone")
                .set("grafana.adminPassword", "for this test alone");
    }

    private static Manifests manifests(TemplateCommand template) {
        Iterable<Object> documents = new Yaml().loadAll(template.call());
        return new Manifests(StreamSupport.stream(documents.spliterator(), false)
                .filter(Map.class::isInstance)
                .map(Manifests::map)
                .toList());
    }
}
