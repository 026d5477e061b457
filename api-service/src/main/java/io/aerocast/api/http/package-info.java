/// Shared by all endpoints: a limit on bodies, and replies that wait for the broker.
@NullMarked
package io.aerocast.api.http;

import org.jspecify.annotations.NullMarked;
