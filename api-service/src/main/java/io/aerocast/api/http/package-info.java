/// Shared by all endpoints: strict JSON, a limit on bodies, RFC 9457 problem details and security headers.
@NullMarked
package io.aerocast.api.http;

import org.jspecify.annotations.NullMarked;
