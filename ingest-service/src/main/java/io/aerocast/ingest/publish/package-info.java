/// Publishes accepted observations to their topic, and rejected ones to the dead-letter topic.
@NullMarked
package io.aerocast.ingest.publish;

import org.jspecify.annotations.NullMarked;
