package io.aerocast.trainer.lineage;

import io.aerocast.service.http.Problem;
import io.aerocast.trainer.lineage.Lineages.Found;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `GET /lineage?version=…` or `GET /lineage?forecast=…`: where a model comes from, see [Lineage]. The reply
/// lists the trained models in `models`, those that AeroCast ships in `shipped`, and explains a blend in `note`.
@RestController
final class LineageController {

    private final Lineages lineages;

    LineageController(Lineages lineages) {
        this.lineages = lineages;
    }

    /// @param version of a model or a blend, or `null`
    /// @param forecast id of a forecast, or `null`
    @GetMapping("/lineage")
    Found lineage(
            @RequestParam(name = "version", required = false) @Nullable String version,
            @RequestParam(name = "forecast", required = false) @Nullable String forecast)
            throws IOException {
        if ((version == null) == (forecast == null)) {
            throw Problem.invalid("Expected either 'version' or 'forecast'");
        }
        Found found = version == null ? ofForecast(forecast) : lineages.ofVersion(version);
        if (found.empty()) {
            String note = found.note() == null ? "no run record here names this model" : found.note();
            throw Problem.notFound("No lineage", note);
        }
        return found;
    }

    private Found ofForecast(@Nullable String forecast) throws IOException {
        try {
            return lineages.ofForecast(String.valueOf(forecast));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(String.valueOf(e.getMessage()));
        }
    }
}
