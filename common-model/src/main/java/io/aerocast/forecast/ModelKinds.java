package io.aerocast.forecast;

import java.util.List;

/// The kinds of model that can serve.
public final class ModelKinds {

    /// The kind that serves where nobody names one.
    public static final String DEFAULT = GruModel.KIND;

    /// All kinds, the default first.
    public static final List<String> ALL = List.of(DEFAULT, SeasonalModel.KIND);

    private ModelKinds() {}
}
