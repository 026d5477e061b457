/// The configuration keys of a training, bound to the settings of the training library.
@NullMarked
package io.aerocast.trainer.settings;

import org.jspecify.annotations.NullMarked;
