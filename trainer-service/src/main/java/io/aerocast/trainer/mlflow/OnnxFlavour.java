package io.aerocast.trainer.mlflow;

import io.aerocast.training.onnx.OnnxSignature;
import io.aerocast.training.onnx.OnnxSignature.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The files that make a directory with an ONNX graph a model of MLflow's `onnx` flavour, for
/// `mlflow.onnx.load_model`, `mlflow.pyfunc.load_model` and `mlflow models serve`. The form is that of
/// `mlflow.onnx.save_model` 3.17.
///
/// @param run MLflow's id of the run
/// @param model MLflow's id of the logged model
/// @param createdAt wall-clock time
/// @param mlflow version of the server, or empty where it is not known
record OnnxFlavour(String run, String model, Instant createdAt, String mlflow) {

    /// The graph and an example of its inputs, which are in the directory already.
    static final String ONNX = "model.onnx";

    static final String EXAMPLE = "input_example.json";

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    /// Requirements of an environment that serves the model; lower bounds, because operator set 17 needs no more.
    private static final List<String> REQUIREMENTS = List.of("mlflow>=3", "numpy", "onnx>=1.13", "onnxruntime>=1.14");

    private static final String PYTHON = "3.11";

    /// The files to add.
    ///
    /// @param directory with the graph and perhaps the example
    /// @return contents by name
    /// @throws IOException if the graph cannot be read
    Map<String, String> files(Path directory) throws IOException {
        Path graph = directory.resolve(ONNX);
        Path example = directory.resolve(EXAMPLE);
        Map<String, String> files = new LinkedHashMap<>();
        files.put("requirements.txt", String.join("\n", REQUIREMENTS) + "\n");
        files.put("python_env.yaml", """
                python: "%s"
                build_dependencies:
                - pip
                dependencies:
                - -r requirements.txt
                """.formatted(PYTHON));
        files.put("conda.yaml", """
                channels:
                - conda-forge
                dependencies:
                - python=%s
                - pip
                - pip:
                  - %s
                name: mlflow-env
                """.formatted(PYTHON, String.join("\n  - ", REQUIREMENTS)));
        if (Files.exists(example)) {
            Object inputs = MAPPER.readTree(Files.readAllBytes(example));
            files.put("serving_input_example.json", MAPPER.writeValueAsString(Map.of("inputs", inputs)));
        }
        files.put(
                "MLmodel",
                descriptor(OnnxSignature.of(Files.readAllBytes(graph)), Files.size(graph), Files.exists(example)));
        return files;
    }

    private String descriptor(OnnxSignature signature, long bytes, boolean example) {
        return flavours()
                + (mlflow.isEmpty() ? "" : "mlflow_version: %s\n".formatted(mlflow))
                + identity(bytes)
                + (example ? savedExample() : "")
                + signature(signature);
    }

    private static String flavours() {
        return """
                flavors:
                  onnx:
                    code: null
                    data: %s
                    onnx_session_options: null
                    onnx_version: "1.13"
                    providers:
                    - CPUExecutionProvider
                  python_function:
                    data: %s
                    env:
                      conda: conda.yaml
                      virtualenv: python_env.yaml
                    loader_module: mlflow.onnx
                    python_version: "%s"
                """.formatted(ONNX, ONNX, PYTHON);
    }

    private String identity(long bytes) {
        return """
                model_id: %s
                model_size_bytes: %d
                model_uuid: %s
                run_id: %s
                """.formatted(model, bytes, model, run);
    }

    private static String savedExample() {
        return """
                saved_input_example_info:
                  artifact_path: %s
                  serving_input_path: serving_input_example.json
                  type: ndarray
                """.formatted(EXAMPLE);
    }

    private String signature(OnnxSignature signature) {
        return """
                signature:
                  inputs: '%s'
                  outputs: '%s'
                  params: null
                utc_time_created: '%s'
                """.formatted(tensors(signature.inputs()), tensors(signature.outputs()), TIME.format(createdAt));
    }

    private static String tensors(List<Field> fields) {
        List<Map<String, Object>> tensors = new ArrayList<>();
        for (Field field : fields) {
            Map<String, Object> tensor = new LinkedHashMap<>();
            tensor.put("name", field.name());
            tensor.put("type", "tensor");
            tensor.put("tensor-spec", Map.of("dtype", field.elementType(), "shape", field.shape()));
            tensors.add(tensor);
        }
        return MAPPER.writeValueAsString(tensors);
    }
}
