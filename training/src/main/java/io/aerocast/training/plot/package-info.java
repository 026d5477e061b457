/// Plots as SVG.
@NullMarked
package io.aerocast.training.plot;

import org.jspecify.annotations.NullMarked;
