/// The drift states and their evidence over REST.
@NullMarked
package io.aerocast.drift.rest;

import org.jspecify.annotations.NullMarked;
