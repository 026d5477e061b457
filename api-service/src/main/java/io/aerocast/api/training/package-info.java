/// Trainings, models and their lineage: requests that the trainer answers, and the models that serve.
@NullMarked
package io.aerocast.api.training;

import org.jspecify.annotations.NullMarked;
