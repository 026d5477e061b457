/// The command `drift-bench`: measures the drift detection on a station's readings.
@NullMarked
package io.aerocast.standalone.driftbench;

import org.jspecify.annotations.NullMarked;
