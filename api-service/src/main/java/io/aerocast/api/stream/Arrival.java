package io.aerocast.api.stream;

import io.aerocast.forecast.Lookback;
import java.util.List;
import java.util.Locale;

/// The effect of an observation on the forecasts of its station.
sealed interface Arrival {

    /// The value of the tag `outcome` in metrics.
    String outcome();

    /// A new latest grid time of one target or more: forecasts of these follow.
    ///
    /// @param targets at least one
    record Current(List<Ready> targets) implements Arrival {

        @Override
        public String outcome() {
            return "current";
        }
    }

    /// A target that can be forecast.
    ///
    /// @param lookback ends at the new grid time
    record Ready(LiveTarget target, Lookback lookback) {}

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
        /// Every target is missing here, or in too much of the lookback; the reading is kept.
        INCOMPLETE,
        /// A reading is outside the plausible range of its feature; the observation is ignored.
        IMPLAUSIBLE,
        /// The pipeline is not configured; the observation is ignored.
        UNKNOWN_PIPELINE
    }
}
