/// Pipelines are configuration: what is observed, how often, and how far ahead it is forecast.
@NullMarked
package io.aerocast.pipeline;

import org.jspecify.annotations.NullMarked;
