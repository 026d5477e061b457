package io.aerocast.api.board;

import static io.aerocast.api.TestModels.PIPELINES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.aerocast.event.Forecast;
import io.aerocast.event.Observation;
import io.aerocast.pipeline.Pipeline;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StationBoardTest {

    private static final Instant START = Instant.parse("2013-01-01T00:00:00Z");

    private final Pipeline noaa = PIPELINES.require("noaa");
    private final StationBoard board = new StationBoard(2);

    @Test
    void keepsTheNewestOfManyInventedStations() {
        for (int i = 0; i < 34_000; i++) {
            observe("invented-" + i, i, Map.of("temperature", 20.0));
            board.forecast(forecast("invented-" + i, "gru", i, 20));
        }

        assertThat(board.stations())
                .extracting(station -> station.newest().station())
                .containsExactly("invented-33998", "invented-33999");
        assertThat(board.forecasts("noaa", "invented-0", "temperature")).isEmpty();
    }

    @Test
    void forgetsTheStationThatWasObservedLeastRecently() {
        observe("a", 0, Map.of("temperature", 20.0));
        observe("b", 1, Map.of("temperature", 20.0));
        observe("a", 2, Map.of("temperature", 20.0));
        observe("c", 3, Map.of("temperature", 20.0));

        assertThat(board.station("noaa", "b")).isEmpty();
        assertThat(board.station("noaa", "a")).isPresent();
    }

    @Test
    void keepsTwoLookbacksOfPlausibleReadingsOfEachTarget() {
        for (int hour = 0; hour < 60; hour++) {
            observe("a", hour, hour % 2 == 0 ? Map.of("temperature", 20.0 + hour / 2) : Map.of("windspeed", 3.0));
        }
        observe("a", 60, Map.of("temperature", 61.0));

        StationBoard.Station station = board.station("noaa", "a").orElseThrow();
        assertThat(station.newest().timestamp()).isEqualTo(hour(60));
        assertThat(station.readings().get("temperature")).hasSize(30).containsEntry(hour(40), 40.0);
        assertThat(station.readings().get("windspeed")).hasSize(30);
        assertThat(station.readings()).doesNotContainKey("pressure");
        for (int hour = 61; hour < 161; hour++) {
            observe("a", hour, Map.of("temperature", 20.0));
        }
        assertThat(board.station("noaa", "a").orElseThrow().readings().get("temperature"))
                .hasSize(48)
                .doesNotContainKey(hour(112))
                .containsKey(hour(113));
    }

    @Test
    void aLateObservationIsNotTheNewest() {
        observe("a", 5, Map.of("temperature", 20.0));
        observe("a", 4, Map.of("temperature", 10.0));

        StationBoard.Station station = board.station("noaa", "a").orElseThrow();
        assertThat(station.newest().timestamp()).isEqualTo(hour(5));
        assertThat(station.arrived()).isEqualTo(hour(5).plusSeconds(1));
        assertThat(station.readings().get("temperature")).hasSize(2);
    }

    @Test
    void keepsTheNewestForecastOfEachFeatureAndModel() {
        board.forecast(forecast("a", "seasonal", 2, 1));
        board.forecast(forecast("a", "gru", 2, 2));
        board.forecast(forecast("a", "gru", 1, 3));

        assertThat(board.forecasts("noaa", "a", "temperature"))
                .extracting(Forecast::model, forecast -> forecast.value().getFirst())
                .containsExactly(tuple("gru", 2.0), tuple("seasonal", 1.0));
        assertThat(board.forecasts("noaa", "a", "pressure")).isEmpty();
        assertThat(board.stations()).isEmpty(); // it was not observed
    }

    private void observe(String station, int hour, Map<String, Double> readings) {
        board.observed(
                noaa,
                new Observation("noaa", station, hour(hour), readings),
                hour(hour).plusSeconds(1));
    }

    private static Forecast forecast(String station, String model, int originHour, double value) {
        return new Forecast(
                "noaa",
                station,
                "temperature",
                model,
                "1",
                hour(originHour),
                List.of(1),
                List.of(value),
                List.of(value - 1),
                List.of(value + 1),
                value,
                false);
    }

    private static Instant hour(int hour) {
        return START.plusSeconds(hour * 3600L);
    }
}
