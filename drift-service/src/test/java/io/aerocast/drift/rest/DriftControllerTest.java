package io.aerocast.drift.rest;

import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.aerocast.drift.detect.WatchedStation;
import io.aerocast.drift.streams.StationStates;
import io.aerocast.event.DriftChanged;
import io.aerocast.event.DriftState;
import io.aerocast.event.Fault;
import io.aerocast.pipeline.Pipelines;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

class DriftControllerTest {

    private static final Instant AT = Instant.parse("2013-07-01T12:00:00Z");

    private static final Map<String, WatchedStation> STATIONS =
            Map.of("noaa/KJFK", station(), "noaa/KLGA", station(), "sim/KJFK", station());

    private final MockMvc mvc = mvc(() -> StoredStations.of(STATIONS));

    @Test
    void listsTheStateOfEachFeature() throws Exception {
        mvc.perform(get("/drift"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.stations.length()").value(3))
                .andExpect(jsonPath("$.stations[0].pipeline").value("noaa"))
                .andExpect(jsonPath("$.stations[0].station").value("KJFK"))
                .andExpect(jsonPath("$.stations[0].features[0].feature").value("temperature"))
                .andExpect(jsonPath("$.stations[0].features[0].state").value("calm"))
                .andExpect(jsonPath("$.stations[0].features[0].since").doesNotExist())
                .andExpect(jsonPath("$.stations[0].features[1].feature").value("windspeed"))
                .andExpect(jsonPath("$.stations[0].features[1].state").value("sensor-fault"))
                .andExpect(jsonPath("$.stations[0].features[1].fault").value("stuck"))
                .andExpect(jsonPath("$.stations[0].features[1].since").value("2013-07-01T12:00:00Z"))
                .andExpect(jsonPath("$.stations[0].features[1].model").value("blend"))
                .andExpect(jsonPath("$.stations[0].features[1].version").value("v1"))
                .andExpect(jsonPath("$.stations[0].features[1].horizon").value(6));
    }

    @Test
    void selectsByPipelineAndStation() throws Exception {
        mvc.perform(get("/drift").param("pipeline", "noaa"))
                .andExpect(jsonPath("$.stations[*].pipeline").value(org.hamcrest.Matchers.contains("noaa", "noaa")));
        mvc.perform(get("/drift").param("station", "KJFK"))
                .andExpect(jsonPath("$.stations[*].pipeline").value(org.hamcrest.Matchers.contains("noaa", "sim")));
        mvc.perform(get("/drift").param("pipeline", "noaa").param("station", "KLGA"))
                .andExpect(jsonPath("$.stations.length()").value(1))
                .andExpect(jsonPath("$.stations[0].station").value("KLGA"));
    }

    @Test
    void anUnknownPipelineIsAProblem() throws Exception {
        mvc.perform(get("/drift").param("pipeline", "mars"))
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.detail").value("Field 'pipeline': expected one of [noaa, sim], found 'mars'"));
    }

    @Test
    void aStationThatIsNotWatchedIsNotFound() throws Exception {
        mvc.perform(get("/drift").param("station", "GHOST"))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.detail").value(containsString("'GHOST'")));
    }

    @Test
    void isUnavailableWhileThePartitionsMove() throws Exception {
        MockMvc moving = mvc(() -> {
            throw new InvalidStateStoreException("rebalancing");
        });

        moving.perform(get("/drift"))
                .andExpect(status().isServiceUnavailable())
                .andExpect(jsonPath("$.title").value("Drift states unavailable"));
    }

    private static MockMvc mvc(StationStates states) {
        return MockMvcBuilders.standaloneSetup(new DriftController(Pipelines.builtIn(), states))
                .setControllerAdvice(new Problems())
                .build();
    }

    @ControllerAdvice
    private static final class Problems extends ResponseEntityExceptionHandler {}

    /// Temperature calm from the beginning; the anemometer stuck.
    private static WatchedStation station() {
        DriftChanged stuck = new DriftChanged(
                "noaa",
                "any",
                "windspeed",
                "blend",
                "v1",
                6,
                Fault.STUCK,
                DriftState.CALM,
                DriftState.SENSOR_FAULT,
                AT,
                null,
                null,
                "The sensor seems stuck.",
                Map.of());
        Map<String, Long> judged = Map.of("blend", AT.toEpochMilli());
        return new WatchedStation(
                AT.toEpochMilli(),
                Map.of("temperature", judged, "windspeed", judged),
                Map.of("windspeed", stuck),
                null);
    }
}
