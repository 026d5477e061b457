/// `POST /eval`: rolling errors of reported and matched forecasts, and the drift states of the stations.
@NullMarked
package io.aerocast.api.evaluate;

import org.jspecify.annotations.NullMarked;
