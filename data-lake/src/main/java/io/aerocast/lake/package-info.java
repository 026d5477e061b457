/// Parquet windows: written once, read by anyone.
@NullMarked
package io.aerocast.lake;

import org.jspecify.annotations.NullMarked;
