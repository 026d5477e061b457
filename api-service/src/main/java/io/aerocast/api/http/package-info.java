/// What all endpoints have in common: strict JSON, a limit on bodies, and RFC 9457 problem details.
@NullMarked
package io.aerocast.api.http;

import org.jspecify.annotations.NullMarked;
