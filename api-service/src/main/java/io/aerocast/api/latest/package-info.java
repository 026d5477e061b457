/// `GET /latest`: the newest observations, forecasts, errors and drift states of each station.
@NullMarked
package io.aerocast.api.latest;

import org.jspecify.annotations.NullMarked;
