package io.aerocast.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The files of the repository, seen from the directory in which Maven runs the tests of this module.
public final class Repository {

    public static final Path ROOT = Path.of("..");

    private static final String SOURCES = "\\.\\./[a-z-]+/src/(main|test)/java/.*/[A-Z]\\w*\\.java";

    private Repository() {}

    /// The Java sources of all modules, `package-info` left out.
    public static List<Path> sources() throws IOException {
        try (Stream<Path> files =
                Files.find(ROOT, 20, (path, _) -> path.toString().matches(SOURCES))) {
            return files.toList();
        }
    }

    /// @param name such as `architecture.md`
    public static Path document(String name) {
        return ROOT.resolve("docs").resolve(name);
    }
}
