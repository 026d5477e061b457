package io.aerocast.benchmarks.predict;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.ExecutionMode;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/// A model in ONNX Runtime for Java as one would serve it for single forecasts: all optimisations, one thread (more
/// make it slower, since the work is too small to share), and an input tensor that is kept and overwritten.
final class OnnxModel implements AutoCloseable {

    private final OrtSession session;
    private final FloatBuffer buffer;
    private final OnnxTensor input;
    private final Map<String, OnnxTensor> inputs;

    OnnxModel(byte[] onnx, int steps, int features) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        SessionOptions options = new SessionOptions();
        options.setOptimizationLevel(OptLevel.ALL_OPT);
        options.setExecutionMode(ExecutionMode.SEQUENTIAL);
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        this.session = environment.createSession(onnx, options);
        this.buffer = ByteBuffer.allocateDirect(steps * features * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        this.input = OnnxTensor.createTensor(environment, buffer, new long[] {1, steps, features});
        this.inputs = Map.of(session.getInputNames().iterator().next(), input);
    }

    /// @param rows shape [steps][features]
    /// @return shape [1][horizons]
    float[][] predict(double[][] rows) throws OrtException {
        int at = 0;
        for (double[] row : rows) {
            for (double value : row) {
                buffer.put(at++, (float) value);
            }
        }
        try (OrtSession.Result result = session.run(inputs)) {
            return (float[][]) result.get(0).getValue();
        }
    }

    @Override
    public void close() throws OrtException {
        input.close();
        session.close();
    }
}
