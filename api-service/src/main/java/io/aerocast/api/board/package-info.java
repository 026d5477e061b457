/// `GET /latest`: the newest observations, forecasts, errors and drift state of each station. Every replica reads
/// them from the topics, so all replicas reply the same.
@NullMarked
package io.aerocast.api.board;

import org.jspecify.annotations.NullMarked;
