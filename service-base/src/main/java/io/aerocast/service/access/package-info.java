/// Who may send requests: bearer tokens, pages of other sites, names of hosts, and limits.
@NullMarked
package io.aerocast.service.access;

import org.jspecify.annotations.NullMarked;
