/// The stream: each station is forecast as its observations arrive, and `GET /latest` shows where it stands.
@NullMarked
package io.aerocast.api.stream;

import org.jspecify.annotations.NullMarked;
