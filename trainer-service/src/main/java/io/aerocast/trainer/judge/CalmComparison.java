package io.aerocast.trainer.judge;

/// Whether a candidate has forgotten the calm from before the change.
///
/// @param origins grid times of the calm hold-out that neither model was fitted on
/// @param ratio the candidate's root mean squared error over the champion's, each horizon in units of the error of
///     persistence
/// @param forgotten how likely so much worse a candidate, or a worse one, would be if it were as bad as is allowed:
///     one-sided Diebold-Mariano test
public record CalmComparison(int origins, double ratio, DieboldMariano forgotten) {

    /// Compares two forecasters on the same windows.
    ///
    /// @param allowed how much worse the candidate may be, such as 0.02
    static CalmComparison of(Forecasts candidate, Forecasts champion, Forecasts persistence, double allowed) {
        double[] scale = persistence.accuracies().stream()
                .mapToDouble(accuracy -> accuracy.rmse() > 0 ? accuracy.rmse() * accuracy.rmse() : 1)
                .toArray();
        double[] losses = candidate.losses(scale);
        double[] rivals = champion.losses(scale);
        double allowance = (1 + allowed) * (1 + allowed);
        double[] excess = new double[losses.length];
        double loss = 0;
        double rival = 0;
        for (int i = 0; i < losses.length; i++) {
            excess[i] = losses[i] - allowance * rivals[i];
            loss += losses[i];
            rival += rivals[i];
        }
        int horizon = candidate.pipeline().horizons().getLast();
        return new CalmComparison(losses.length, Math.sqrt(loss / rival), DieboldMariano.test(excess, horizon));
    }
}
