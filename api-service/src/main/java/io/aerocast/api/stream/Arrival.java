package io.aerocast.api.stream;

import io.aerocast.forecast.Lookback;
import java.util.Locale;

/// The effect of an observation on the forecasts of its station.
sealed interface Arrival {

    /// The value of the tag `outcome` in metrics.
    String outcome();

    /// A new latest grid time: a forecast follows.
    ///
    /// @param lookback ends at the new grid time
    /// @param station the station of the observation
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
        /// A newer grid time has been observed before; the reading is kept.
        LATE,
        /// The grid time has been forecast from before; the reading is kept.
        REPEATED,
        /// The target is missing here, or in too much of the lookback; the reading is kept.
        INCOMPLETE,
        /// A reading is outside the plausible range of its feature; the observation is ignored.
        IMPLAUSIBLE,
        /// The pipeline is not configured; the observation is ignored.
        UNKNOWN_PIPELINE
    }
}
