/// HTTP of every service: RFC 9457 problem details on each path, request ids, security headers and strict JSON.
@NullMarked
package io.aerocast.service.http;

import org.jspecify.annotations.NullMarked;
