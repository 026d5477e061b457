/// Export of models as ONNX graphs, for any ONNX runtime.
@NullMarked
package io.aerocast.training.onnx;

import org.jspecify.annotations.NullMarked;
