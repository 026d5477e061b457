/// Training windows from landed observations.
@NullMarked
package io.aerocast.training.dataset;

import org.jspecify.annotations.NullMarked;
