package io.aerocast.forecast;

import java.util.List;

/// The kinds of model: the `KIND` of each permitted class of [ForecastModel].
public final class ModelKinds {

    /// The kind that serves where a request names none.
    public static final String DEFAULT = GruModel.KIND;

    /// All kinds, the default first.
    public static final List<String> ALL = List.of(DEFAULT, SeasonalModel.KIND);

    private ModelKinds() {}
}
