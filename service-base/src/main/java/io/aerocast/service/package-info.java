/// The base of the four services: configuration, topics, Kafka clients, background threads, health and tracing.
@NullMarked
package io.aerocast.service;

import org.jspecify.annotations.NullMarked;
