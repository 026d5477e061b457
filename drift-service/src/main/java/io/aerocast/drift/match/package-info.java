/// Joins forecasts with what came true, in any order of arrival.
@NullMarked
package io.aerocast.drift.match;

import org.jspecify.annotations.NullMarked;
