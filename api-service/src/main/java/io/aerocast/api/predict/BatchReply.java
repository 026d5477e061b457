package io.aerocast.api.predict;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aerocast.api.http.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The reply of `POST /v1/predict` to a batch.
///
/// @param served number of instances with a forecast
/// @param outcomes one per instance, in the order of the request
record BatchReply(int served, List<Outcome> outcomes) {

    /// The outcome of one instance: what it would have got by itself.
    ///
    /// @param status the HTTP status
    /// @param reply the forecast, absent for a refused instance
    /// @param title of the problem, absent with a forecast
    /// @param detail of the problem, absent with a forecast
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Outcome(
            int status,
            @Nullable Predicted reply,
            @Nullable String title,
            @Nullable String detail) {

        static Outcome of(Predicted reply) {
            return new Outcome(200, reply, null, null);
        }

        static Outcome of(Problem problem) {
            return new Outcome(
                    problem.getStatusCode().value(),
                    null,
                    problem.getBody().getTitle(),
                    problem.getBody().getDetail());
        }
    }

    static BatchReply of(List<Outcome> outcomes) {
        return new BatchReply(
                (int) outcomes.stream()
                        .filter(outcome -> outcome.reply() != null)
                        .count(),
                outcomes);
    }
}
