package io.aerocast.forecast;

import java.util.List;

/// The kinds of model. A trained kind is the `KIND` of a permitted class of [ForecastModel]; the blend combines the
/// models of all trained kinds that serve, and persistence.
public final class ModelKinds {

    /// The combination of all models that serve ([Blend]), without an artifact of its own.
    public static final String BLEND = "blend";

    /// The latest reading: the floor of the blend.
    public static final String PERSISTENCE = "persistence";

    /// The kind that serves where a request names none.
    public static final String DEFAULT = BLEND;

    /// The kinds that are trained.
    public static final List<String> TRAINED = List.of(GruModel.KIND, SeasonalModel.KIND, RidgeModel.KIND);

    /// The kinds that forecast, the default first.
    public static final List<String> ALL = List.of(BLEND, GruModel.KIND, SeasonalModel.KIND, RidgeModel.KIND);

    private ModelKinds() {}
}
