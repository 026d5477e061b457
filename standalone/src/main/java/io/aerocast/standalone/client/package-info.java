/// The api as a client sees it.
@NullMarked
package io.aerocast.standalone.client;

import org.jspecify.annotations.NullMarked;
