/// Forecasting as a library: `dataset` → `fit` → `score`, `check` → `judge` → `report`; `backtest` evaluates the
/// same models on history, `onnx` exports them. [Training] is the facade. It depends on no service, no broker and
/// no Spring.
@NullMarked
package io.aerocast.training;

import org.jspecify.annotations.NullMarked;
