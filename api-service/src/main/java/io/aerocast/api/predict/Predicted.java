package io.aerocast.api.predict;

/// The reply to a valid request.
sealed interface Predicted permits PredictReply, HorizonsReply {}
