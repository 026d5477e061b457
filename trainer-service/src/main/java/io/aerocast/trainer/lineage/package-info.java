/// Where a model comes from, and how to make it again.
@NullMarked
package io.aerocast.trainer.lineage;

import org.jspecify.annotations.NullMarked;
