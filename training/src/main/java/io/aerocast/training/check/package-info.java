/// Detection of flat output: forecasts that carry no information, and training data that lead to them.
@NullMarked
package io.aerocast.training.check;

import org.jspecify.annotations.NullMarked;
