package io.aerocast.benchmarks.accuracy;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// One row of the accuracy table, in the form that the scripts of `benchmarks/peers` print.
///
/// @param forecastSeconds time of all forecasts, in seconds
/// @param horizons by hours ahead
record PeerScores(
        String model,
        String version,
        double fitSeconds,
        double forecastSeconds,
        Map<Integer, HorizonScores> horizons,
        String note) {

    /// @param forecasts number of forecasts that were scored
    /// @param rmse in the target's unit
    /// @param ratio of the RMSE to that of persistence
    /// @param mae in the target's unit
    record HorizonScores(int forecasts, double rmse, double ratio, double mae) {}

    String json() {
        return JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build()
                .writeValueAsString(this);
    }

    String text() {
        return horizons.entrySet().stream()
                .map(entry -> "%2d h: RMSE %.3f ratio %.3f MAE %.3f"
                        .formatted(
                                entry.getKey(),
                                entry.getValue().rmse(),
                                entry.getValue().ratio(),
                                entry.getValue().mae()))
                .collect(Collectors.joining(
                        "; ",
                        String.format(Locale.ROOT, "%s (%s), forecasts %.1f s; ", model, version, forecastSeconds),
                        ""));
    }
}
