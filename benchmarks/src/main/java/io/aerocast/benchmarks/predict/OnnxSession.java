package io.aerocast.benchmarks.predict;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.ExecutionMode;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.util.Map;

/// A model in ONNX Runtime for Java, set up for single forecasts: all optimisations and one thread, because the
/// work is so small that more threads make it slower. Reuses its input tensors.
final class OnnxSession implements AutoCloseable {

    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs;

    /// @param inputs over direct buffers, which the caller fills before each run
    OnnxSession(byte[] onnx, Map<String, OnnxTensor> inputs) throws OrtException {
        SessionOptions options = new SessionOptions();
        options.setOptimizationLevel(OptLevel.ALL_OPT);
        options.setExecutionMode(ExecutionMode.SEQUENTIAL);
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        this.session = OrtEnvironment.getEnvironment().createSession(onnx, options);
        this.inputs = inputs;
    }

    /// @return each output, shape [1][values], in the order of the model's outputs
    double[][][] run() throws OrtException {
        try (OrtSession.Result result = session.run(inputs)) {
            double[][][] outputs = new double[result.size()][][];
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] = (double[][]) result.get(i).getValue();
            }
            return outputs;
        }
    }

    @Override
    public void close() throws OrtException {
        inputs.values().forEach(OnnxTensor::close);
        session.close();
    }
}
