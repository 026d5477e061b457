package io.aerocast.training.check;

import io.aerocast.training.score.Finding;
import java.util.Locale;

/// Symptoms of forecasts that carry no information. Below, ŷ is a forecast, y the observation, and Δŷ and
/// Δy are their changes from the latest reading at the origin.
public enum Symptom {
    /// A forecast is not a finite number. No other symptom is looked for then.
    NOT_FINITE,

    /// Var(ŷ) / Var(y) at the first horizon is too small (a flat line) or too large (noise).
    VARIANCE,

    /// 1 − MSE / MSE of persistence is not positive over all horizons together, or persistence is better at a
    /// third of them.
    NO_SKILL,

    /// corr(Δŷ, Δy) is not positive over all horizons together: the forecasts do not distinguish rises from
    /// falls.
    DIRECTION,

    /// ŷ has no skill and correlates best with what was observed some steps before its target: a copy of the
    /// past. With skill, the lag is no fault: for a random walk the best forecast is the latest reading.
    LAG,

    /// Δŷ is the same for every window.
    SAME_OUTPUT,

    /// The same window gets another forecast after other windows.
    STATE,

    /// A window of one constant value is forecast far away from that value.
    CONSTANT_INPUT;

    /// The name of the check in findings: `not-finite`, `variance`, `no-skill` …
    public String check() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Finding finding(boolean absent, String format, Object... values) {
        return Finding.of(check(), absent, format, values);
    }
}
