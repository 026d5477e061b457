/// Checked observations go to their topic, rejected ones to the dead letters.
@NullMarked
package io.aerocast.ingest.publish;

import org.jspecify.annotations.NullMarked;
