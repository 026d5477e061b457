package io.aerocast.api.predict;

import io.aerocast.forecast.ErrorMatrix;
import io.aerocast.forecast.ForecastModel;
import io.aerocast.forecast.PooledEnsemble;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The ensembles of the latest requests: to weigh the models takes longer than to forecast with them. Threads may
/// share it.
final class Ensembles {

    private static final int KEPT = 256;

    private record Key(
            String pipeline,
            String feature,
            String kind,
            @Nullable String station) {}

    /// @param models the models from which it was made
    /// @param errors the errors from which it was made
    private record Made(List<ForecastModel> models, List<ErrorMatrix> errors, PooledEnsemble ensemble) {

        private boolean of(List<ForecastModel> now, List<ErrorMatrix> present) {
            return models.equals(now) && errors.equals(present);
        }
    }

    private final SequencedMap<Key, Made> made = new LinkedHashMap<>();

    /// The ensemble for a request.
    ///
    /// @param models those that serve the request now
    /// @param errors the present errors
    PooledEnsemble of(PredictRequest request, List<ForecastModel> models, List<ErrorMatrix> errors) {
        Key key = new Key(request.view().name(), request.view().target().name(), request.kind(), request.station());
        Made known = find(key);
        if (known != null && known.of(models, errors)) {
            return known.ensemble();
        }
        PooledEnsemble ensemble = new PooledEnsemble(request.view(), models, errors);
        keep(key, new Made(models, errors, ensemble));
        return ensemble;
    }

    private synchronized @Nullable Made find(Key key) {
        return made.get(key);
    }

    private synchronized void keep(Key key, Made ensemble) {
        made.putLast(key, ensemble);
        if (made.size() > KEPT) {
            made.pollFirstEntry();
        }
    }
}
