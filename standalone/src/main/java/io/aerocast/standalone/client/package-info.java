/// Clients of the api and the trainer over HTTP.
@NullMarked
package io.aerocast.standalone.client;

import org.jspecify.annotations.NullMarked;
