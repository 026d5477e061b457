/// Reception of retrain signals: from Kafka, and from the file `retrain.flag`.
@NullMarked
package io.aerocast.trainer.signal;

import org.jspecify.annotations.NullMarked;
