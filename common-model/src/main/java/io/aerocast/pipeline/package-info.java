/// Pipelines are configuration: which features are observed, how often, and how far ahead they are forecast.
@NullMarked
package io.aerocast.pipeline;

import org.jspecify.annotations.NullMarked;
