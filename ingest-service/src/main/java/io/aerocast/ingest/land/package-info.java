/// Lands the observations topic in parquet windows, each record exactly once.
@NullMarked
package io.aerocast.ingest.land;

import org.jspecify.annotations.NullMarked;
