/// Events between the services: one record per event, one topic per record, one codec per topic.
@NullMarked
package io.aerocast.event;

import org.jspecify.annotations.NullMarked;
