/// `POST /routine-retrain-check`: is a pipeline's last training too old?
@NullMarked
package io.aerocast.api.retrain;

import org.jspecify.annotations.NullMarked;
