/// Where observations come from: the heatwave simulator and the archive replay, each switched on by configuration.
@NullMarked
package io.aerocast.ingest.source;

import org.jspecify.annotations.NullMarked;
