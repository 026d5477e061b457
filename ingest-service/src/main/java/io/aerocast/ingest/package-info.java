/// Sources to checked observations, to the topic, to exactly-once parquet windows.
@NullMarked
package io.aerocast.ingest;

import org.jspecify.annotations.NullMarked;
