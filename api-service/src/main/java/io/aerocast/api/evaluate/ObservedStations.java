package io.aerocast.api.evaluate;

import io.aerocast.api.board.StationBoard;
import io.aerocast.api.board.StationBoard.Station;
import io.aerocast.pipeline.Pipeline;
import io.aerocast.service.http.Problem;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The stations for which reports count: those that were observed.
final class ObservedStations {

    private final StationBoard board;
    private final int oldest;
    private final BooleanSupplier complete;

    /// @param oldest largest age of a target time, in grid times before the station's newest observation
    /// @param complete whether the topic of the observations has been read to its end
    ObservedStations(StationBoard board, int oldest, BooleanSupplier complete) {
        this.board = board;
        this.oldest = oldest;
        this.complete = complete;
    }

    /// Checks that a station was observed, and that a target time lies among its observations or one step later.
    ///
    /// @param target the target time, or `null` if the report has none
    /// @throws Problem 404 for an unknown station, 400 for another time, 503 while the observations are read
    void require(Pipeline view, String station, @Nullable Instant target) {
        Station observed = board.station(view.name(), station).orElseThrow(() -> unknown(view, station));
        if (target == null) {
            return;
        }
        Instant newest = view.slot(observed.newest().timestamp());
        Instant first = view.after(newest, -oldest);
        Instant last = view.after(newest, 1);
        Instant slot = view.slot(target);
        if (slot.isBefore(first) || slot.isAfter(last)) {
            throw Problem.invalid(
                    "Field 'ts': expected a time from %s to %s, as of the newest observation of the station, found %s"
                            .formatted(first, last, target));
        }
    }

    private Problem unknown(Pipeline view, String station) {
        return complete.getAsBoolean()
                ? Problem.notFound(
                        "Unknown station",
                        ("No observation of station '%s' of pipeline %s has arrived, so the report was not counted; "
                                        + "GET /latest lists the stations, and a report without a station needs none")
                                .formatted(station, view.name()))
                : Problem.unavailable(
                        "Broker away",
                        "The observations have not been read yet, and the report was not counted; send it again later");
    }
}
