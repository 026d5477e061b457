/// Models for others: as graphs of ONNX, which any runtime for it computes.
@NullMarked
package io.aerocast.training.onnx;

import org.jspecify.annotations.NullMarked;
