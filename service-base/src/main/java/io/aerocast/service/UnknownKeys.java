package io.aerocast.service;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;

/// Rejects `aerocast.*` keys that no feature of this service reads. The binding already rejects a misspelt key
/// within a feature; this class finds a misspelt feature. It ignores the groups of other services
/// (`aerocast.ingest.*` in the api), since several services may share one file.
final class UnknownKeys {

    private static final String ROOT = "aerocast.";

    private final List<String> prefixes;

    UnknownKeys(ListableBeanFactory beans) {
        prefixes = Arrays.stream(beans.getBeanNamesForAnnotation(ConfigurationProperties.class))
                .map(name -> beans.findAnnotationOnBean(name, ConfigurationProperties.class))
                .map(annotation -> annotation == null ? "" : annotation.prefix())
                .filter(prefix -> prefix.startsWith(ROOT))
                .distinct()
                .sorted()
                .toList();
    }

    void refuse(ConfigurableEnvironment environment) {
        SortedSet<String> unknown = environment.getPropertySources().stream()
                .filter(s -> !s.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME))
                .filter(EnumerablePropertySource.class::isInstance)
                .flatMap(s -> Arrays.stream(((EnumerablePropertySource<?>) s).getPropertyNames()))
                .filter(this::unknown)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!unknown.isEmpty()) {
            throw new IllegalStateException(
                    "Unknown configuration keys %s (known groups: %s)".formatted(unknown, prefixes));
        }
    }

    private boolean unknown(String key) {
        return key.startsWith(ROOT)
                && prefixes.stream().anyMatch(prefix -> group(prefix).equals(group(key)))
                && prefixes.stream().noneMatch(prefix -> key.startsWith(prefix + "."));
    }

    /// The segment after `aerocast.`: `ingest` of `aerocast.ingest.landing.max-rows`.
    private static String group(String key) {
        return key.substring(ROOT.length()).split("[.\\[]", 2)[0];
    }
}
