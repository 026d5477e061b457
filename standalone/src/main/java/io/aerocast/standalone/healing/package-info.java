/// Measures how a pipeline comes from calm weather through a heatwave back to good forecasts, from the events on
/// the topics alone.
@NullMarked
package io.aerocast.standalone.healing;

import org.jspecify.annotations.NullMarked;
