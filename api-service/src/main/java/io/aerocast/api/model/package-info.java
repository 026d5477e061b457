/// The models that serve: shipped ones from the first second, then whatever was last published.
@NullMarked
package io.aerocast.api.model;

import org.jspecify.annotations.NullMarked;
