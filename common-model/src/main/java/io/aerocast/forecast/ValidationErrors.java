package io.aerocast.forecast;

/// The errors of a model on its validation data, as its card has them: `validationRmse.h1` …, and for persistence
/// `validationPersistenceRmse.h1` ….
record ValidationErrors(ModelCard card) {

    /// Assumed of a model whose card says nothing about persistence, as of earlier versions of AeroCast.
    static final double USUAL_RATIO = 0.9;

    /// Root mean squared error in units of that of persistence.
    double ratio(int horizon) {
        double ratio = model(horizon) / persistence(horizon);
        return ratio > 0 && Double.isFinite(ratio) ? ratio : USUAL_RATIO;
    }

    /// Mean squared error of persistence, in the square of the target's unit; 0 where it is unknown.
    double persistenceSquare(int horizon) {
        double rmse = persistence(horizon);
        double known = Double.isNaN(rmse) ? model(horizon) / USUAL_RATIO : rmse;
        return known > 0 ? known * known : 0;
    }

    private double model(int horizon) {
        return metric("validationRmse.h" + horizon);
    }

    private double persistence(int horizon) {
        return metric("validationPersistenceRmse.h" + horizon);
    }

    private double metric(String name) {
        return card.metrics().getOrDefault(name, Double.NaN);
    }
}
