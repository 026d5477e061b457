/// Training windows from landed observations.
@NullMarked
package io.aerocast.trainer.dataset;

import org.jspecify.annotations.NullMarked;
