package io.aerocast.api.stream;

import io.aerocast.forecast.Lookback;
import java.util.Locale;

/// What an observation means for the forecasts of its station.
sealed interface Arrival {

    /// The name in metrics.
    String outcome();

    /// A new newest grid point: it is time to forecast.
    ///
    /// @param lookback ends at the new grid point
    /// @param station whose it is
    record Current(Lookback lookback, LiveStation station) implements Arrival {

        @Override
        public String outcome() {
            return "current";
        }
    }

    /// No forecast follows.
    record Passed(Why why) implements Arrival {

        @Override
        public String outcome() {
            return why.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// Why no forecast follows.
    enum Why {
        /// A newer grid point was observed before; the reading is remembered.
        LATE,
        /// The grid point was forecast from before; the reading is remembered.
        REPEATED,
        /// The target is missing here, or in too much of the lookback; the reading is remembered.
        INCOMPLETE,
        /// A reading is outside the plausible range of its feature; the observation is ignored.
        IMPLAUSIBLE,
        /// The pipeline does not run here; the observation is ignored.
        UNKNOWN_PIPELINE
    }
}
