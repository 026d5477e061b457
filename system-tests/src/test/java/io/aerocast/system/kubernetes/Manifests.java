package io.aerocast.system.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Kubernetes objects, as parsed YAML.
record Manifests(List<Map<String, Object>> objects) {

    private static final List<String> WORKLOADS = List.of("Deployment", "StatefulSet", "Job", "DaemonSet");

    Stream<Map<String, Object>> ofKind(String kind) {
        return objects.stream().filter(object -> kind.equals(object.get("kind")));
    }

    Map<String, Object> named(String kind, String name) {
        return ofKind(kind)
                .filter(object -> name.equals(name(object)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No %s %s among %s".formatted(kind, name, names())));
    }

    List<String> names() {
        return objects.stream()
                .map(object -> object.get("kind") + " " + name(object))
                .sorted()
                .toList();
    }

    /// The specifications of all pods, by the name of their workload.
    Map<String, Map<String, Object>> pods() {
        Map<String, Map<String, Object>> pods = new TreeMap<>();
        for (Map<String, Object> object : objects) {
            if (WORKLOADS.contains(String.valueOf(object.get("kind")))) {
                pods.put(name(object), at(object, "spec", "template", "spec"));
            } else if ("Pod".equals(object.get("kind"))) {
                pods.put(name(object), at(object, "spec"));
            }
        }
        return pods;
    }

    /// The data of a ConfigMap.
    Map<String, Object> config(String name) {
        return at(named("ConfigMap", name), "data");
    }

    static String name(Map<String, Object> object) {
        return String.valueOf(at(object, "metadata").get("name"));
    }

    static Map<String, Object> at(Map<String, Object> object, String... path) {
        Map<String, Object> found = object;
        for (String key : path) {
            found = map(found.getOrDefault(key, Map.of()));
        }
        return found;
    }

    static List<Map<String, Object>> list(Map<String, Object> object, String key) {
        return object.get(key) instanceof List<?> items
                ? items.stream().map(Manifests::map).toList()
                : List.of();
    }

    @SuppressWarnings("unchecked") // the keys of every Kubernetes object are strings
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
