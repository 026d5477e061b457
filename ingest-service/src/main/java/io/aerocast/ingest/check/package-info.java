/// Is this observation one that its pipeline can believe? Checked before it is published and again before it lands.
@NullMarked
package io.aerocast.ingest.check;

import org.jspecify.annotations.NullMarked;
