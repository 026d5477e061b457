/// Publication of proven models, and rollback.
@NullMarked
package io.aerocast.trainer.release;

import org.jspecify.annotations.NullMarked;
