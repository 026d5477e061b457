/// The newest observations and forecasts of each station. Every replica reads them from the topics, so all replicas
/// have the same.
@NullMarked
package io.aerocast.api.board;

import org.jspecify.annotations.NullMarked;
