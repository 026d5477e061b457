/// The replies of the running services to requests that they refuse.
@NullMarked
package io.aerocast.system.http;

import org.jspecify.annotations.NullMarked;
