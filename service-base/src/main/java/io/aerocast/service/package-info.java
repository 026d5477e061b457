/// What each of the four services starts with.
@NullMarked
package io.aerocast.service;

import org.jspecify.annotations.NullMarked;
