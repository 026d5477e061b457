package io.aerocast.system;

import java.nio.file.Path;

/// The files of the repository, seen from the directory in which Maven runs the tests of this module.
public final class Repository {

    public static final Path ROOT = Path.of("..");

    private Repository() {}

    /// @param name such as `architecture.md`
    public static Path document(String name) {
        return ROOT.resolve("docs").resolve(name);
    }
}
