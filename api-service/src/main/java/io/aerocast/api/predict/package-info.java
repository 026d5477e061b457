/// `POST /predict`: a sequence of readings in, a forecast out.
@NullMarked
package io.aerocast.api.predict;

import org.jspecify.annotations.NullMarked;
