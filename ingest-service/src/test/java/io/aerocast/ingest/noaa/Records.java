package io.aerocast.ingest.noaa;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Builds answers of the National Weather Service.
final class Records {

    private Records() {}

    static String quantity(String property, String unit, String value, String quality) {
        return """
                "%s": {"unitCode": "wmoUnit:%s", "value": %s, "qualityControl": "%s"}""".formatted(property, unit, value, quality);
    }

    static String record(String timestamp, String... quantities) {
        return """
                {"type": "Feature", "geometry": {"type": "Point", "coordinates": [-73.76, 40.63]}, "properties": {
                  "stationId": "KJFK", "textDescription": "Cloudy", "timestamp": "%s"%s%s}}""".formatted(timestamp, quantities.length == 0 ? "" : ", ", String.join(", ", List.of(quantities)));
    }

    static String measured(String timestamp, String celsius) {
        return record(timestamp, quantity("temperature", "degC", celsius, "V"));
    }

    static byte[] collection(String... newestFirst) {
        return "{\"type\": \"FeatureCollection\", \"features\": [%s]}"
                .formatted(String.join(",", newestFirst))
                .getBytes(StandardCharsets.UTF_8);
    }
}
