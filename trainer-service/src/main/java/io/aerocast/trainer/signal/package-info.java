/// Retrain signals on their way in: from Kafka, and from the file `retrain.flag`.
@NullMarked
package io.aerocast.trainer.signal;

import org.jspecify.annotations.NullMarked;
