/// Models for others: as graphs of ONNX, which any runtime for it computes.
@NullMarked
package io.aerocast.trainer.onnx;

import org.jspecify.annotations.NullMarked;
