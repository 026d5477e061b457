/// The OpenAPI document and a page that shows it.
@NullMarked
package io.aerocast.api.openapi;

import org.jspecify.annotations.NullMarked;
