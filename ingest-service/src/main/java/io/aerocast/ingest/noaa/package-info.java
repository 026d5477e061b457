/// Live observations of NOAA's National Weather Service, polled station by station.
///
/// [The interface](https://www.weather.gov/documentation/services-web-api) requires a `User-Agent` that identifies
/// the client, keeps records for about a week, and completes a record up to 20 minutes after its time of
/// observation.
@NullMarked
package io.aerocast.ingest.noaa;

import org.jspecify.annotations.NullMarked;
