/// Publishes checked observations of all sources to a topic, and lands the topic in parquet windows exactly once.
@NullMarked
package io.aerocast.ingest;

import org.jspecify.annotations.NullMarked;
