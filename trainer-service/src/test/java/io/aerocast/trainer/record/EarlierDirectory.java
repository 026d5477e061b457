package io.aerocast.trainer.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A data directory of version 0.1, taken from its trainer: two trainings that were promoted, one that was held,
/// one that was vetoed and one that failed, and an outbox that waits for a server.
public final class EarlierDirectory {

    private static final Path GOLDEN = Path.of("src/test/resources/data-directory-1");

    private EarlierDirectory() {}

    /// Copies it.
    public static void copy(Path to) throws IOException {
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(GOLDEN.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /// Adds a finished run in the form of the first records: with a schema version, without checks, data
    /// quality, the time at which a fit began, and files of its own.
    static void addEarliest(Path directory) throws IOException {
        Files.copy(
                Path.of("src/test/resources/run-record-without-start.json"),
                directory.resolve("runs").resolve(RunRecord.idOf("garden/earliest") + ".json"));
    }

    /// Takes a copy back to the moment at which the second training failed, and was killed after the
    /// `seasonal`, which the broker never acknowledged, was tracked.
    public static void cutOffInFailure(Path directory) throws IOException {
        Path tracked = directory.resolve("runs/garden-drift-d79cb2eb/seasonal/run.json");
        String json = Files.readString(tracked);
        cutOff(directory);
        Files.writeString(
                tracked,
                json.replace("\"verdict\" : \"promoted\"", "\"verdict\" : \"failed\"")
                        .replace("\"state\" : \"finished\"", "\"state\" : \"failed\""));
    }

    /// Takes a copy back to a moment of the second training, at which the trainer was killed: the `gru` serves and
    /// is tracked, the broker has not acknowledged the `seasonal` yet.
    public static void cutOff(Path directory) throws IOException {
        edit(directory, "garden-drift", EarlierDirectory::openAgain);
        delete(directory.resolve("runs/garden-drift-d79cb2eb/seasonal/run.json"));
        for (String later : List.of("garden-again-f6c300fc", "garden-stuck-c740575b", "garden-doomed-2f41b80e")) {
            delete(directory.resolve("runs/%s.json".formatted(later)));
            delete(directory.resolve("runs").resolve(later));
        }
        for (int message = 4; message <= 10; message++) {
            delete(directory.resolve("outbox/%012d.json".formatted(message)));
        }
        Files.writeString(directory.resolve("models/aliases.json"), """
                {
                  "garden" : {
                    "champion" : "20261130T173546Z-95ffcc5",
                    "champion-gru" : "20261130T173546Z-95ffcc5",
                    "champion-seasonal" : "20261130T173544Z-4da4300"
                  }
                }
                """);
    }

    private static String openAgain(String json) {
        int last = json.lastIndexOf("\"published\" : true");
        return json.substring(0, last)
                        .replace("\"state\" : \"finished\"", "\"state\" : \"started\"")
                        .replaceFirst("\"finishedAt\" : \"[^\"]*\"", "\"finishedAt\" : null")
                + json.substring(last).replace("\"published\" : true", "\"published\" : false");
    }

    /// Changes the record of a run.
    ///
    /// @param prefix of its file name
    static void edit(Path directory, String prefix, UnaryOperator<String> change) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("runs"))) {
            Path record = files.filter(file -> file.getFileName().toString().matches(prefix + ".*\\.json"))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(record, change.apply(Files.readString(record)));
        }
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
