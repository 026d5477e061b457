/// Parquet windows of landed observations. [Lake] is the entry point.
@NullMarked
package io.aerocast.lake;

import org.jspecify.annotations.NullMarked;
