/// Live observations of NOAA's National Weather Service: stations asked in turn, politely, and what they say laid into
/// the same check and topic as every other source.
///
/// [The interface](https://www.weather.gov/documentation/services-web-api) wants a `User-Agent` that names the asker,
/// keeps about a week, and goes on completing a record for up to twenty minutes after its time of observation.
@NullMarked
package io.aerocast.ingest.noaa;

import org.jspecify.annotations.NullMarked;
