package io.aerocast.training.check;

/// What shows that forecasts say nothing. Below, ŷ is a forecast, y what came true, and Δŷ and Δy are their changes
/// from the latest reading at the origin.
public enum Symptom {
    /// A forecast is not a finite number. Nothing else is looked at then.
    NOT_FINITE("forecasts that are not finite"),

    /// Var(ŷ) / Var(y) at the first horizon is too small (a flat line) or too large (noise).
    VARIANCE("forecasts that vary too little or too much"),

    /// 1 − MSE / MSE of persistence is not positive at every horizon.
    NO_SKILL("no skill against persistence"),

    /// corr(Δŷ, Δy) is not positive at every horizon: rises are not told from falls.
    DIRECTION("rises not told from falls"),

    /// ŷ is closest (in correlation) to what was observed some steps before its target, and has no skill: a copy of
    /// the past. With skill, the lag convicts nobody: for a random walk the best forecast is the latest reading.
    LAG("a copy of the past"),

    /// Δŷ is the same whatever the window.
    SAME_OUTPUT("the same output for different windows"),

    /// The same window gives another forecast after other windows.
    STATE("the same window forecast in different ways"),

    /// A window of one constant value is forecast far away from that value.
    CONSTANT_INPUT("a constant input forecast far away from it");

    private final String label;

    Symptom(String label) {
        this.label = label;
    }

    /// In words.
    public String label() {
        return label;
    }
}
