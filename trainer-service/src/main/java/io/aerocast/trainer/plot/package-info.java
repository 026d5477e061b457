/// Plots as SVG.
@NullMarked
package io.aerocast.trainer.plot;

import org.jspecify.annotations.NullMarked;
