/// Runs and models on an MLflow tracking server.
@NullMarked
package io.aerocast.trainer.mlflow;

import org.jspecify.annotations.NullMarked;
