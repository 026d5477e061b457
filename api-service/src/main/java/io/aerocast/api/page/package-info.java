/// The live page and `GET /status`: the models that serve, the models that were refused, and the health of the
/// service, for people.
@NullMarked
package io.aerocast.api.page;

import org.jspecify.annotations.NullMarked;
