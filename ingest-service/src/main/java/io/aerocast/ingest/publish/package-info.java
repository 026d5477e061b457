/// Publishes the observations that pass the check to their topic, and the rejected ones to the dead-letter topic.
@NullMarked
package io.aerocast.ingest.publish;

import org.jspecify.annotations.NullMarked;
