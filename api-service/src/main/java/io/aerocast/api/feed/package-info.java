/// `GET /v1/events`: what happens, as server-sent events.
@NullMarked
package io.aerocast.api.feed;

import org.jspecify.annotations.NullMarked;
