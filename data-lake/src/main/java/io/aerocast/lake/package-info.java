/// Parquet windows: written once, read by anyone. [Lake] is the face of it.
@NullMarked
package io.aerocast.lake;

import org.jspecify.annotations.NullMarked;
