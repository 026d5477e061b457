/// Joins forecasts with observed values, in any order of arrival.
@NullMarked
package io.aerocast.drift.match;

import org.jspecify.annotations.NullMarked;
