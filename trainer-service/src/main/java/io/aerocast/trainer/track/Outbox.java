package io.aerocast.trainer.track;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.aerocast.lake.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The messages for a tracking server in the order in which they were added: `outbox/<number>.json`. A message is
/// on the disk when [#add] returns, and stays there until it is removed, whatever happens to the process. Safe for
/// use by several threads of one process.
final class Outbox {

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Pattern NAME = Pattern.compile("(\\d{12})\\.json");

    private final Path directory;
    private final TreeMap<Long, Message> waiting = new TreeMap<>();

    /// Opens an outbox with the messages that are in it.
    ///
    /// @param directory the directory `outbox`, which may not exist yet
    /// @throws IOException if it cannot be read. A single file that holds no message is set aside instead
    Outbox(Path directory) throws IOException {
        this.directory = directory;
        for (long number : numbers()) {
            Path file = file(number);
            try {
                waiting.put(number, MAPPER.readValue(Files.readAllBytes(file), Message.class));
            } catch (JacksonException e) {
                log.atError()
                        .addKeyValue("file", file)
                        .addKeyValue("cause", e.getOriginalMessage())
                        .log("outbox message cannot be read, it is set aside");
                setAside(file);
            }
        }
    }

    /// A message for the tracking server.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Run.class, name = "run"),
        @JsonSubTypes.Type(value = Change.class, name = "served")
    })
    sealed interface Message {}

    /// A run, whose record and files are in the data directory.
    ///
    /// @param key the run's
    record Run(String key) implements Message {}

    /// Another version of a model serves. Version 0.1 wrote the name `served`, and its outboxes are
    /// still read.
    record Change(ModelChange served) implements Message {}

    /// A message and its place in the order.
    ///
    /// @param number ascending
    record Entry(long number, Message message) {}

    /// Adds a message at the end; one that waits already is not added again.
    ///
    /// @throws IOException if it cannot be written
    synchronized void add(Message message) throws IOException {
        if (waiting.containsValue(message)) {
            return;
        }
        long next = waiting.isEmpty() ? 1 : waiting.lastKey() + 1;
        AtomicFile.replace(file(next), MAPPER.writeValueAsBytes(message));
        waiting.put(next, message);
        notifyAll();
    }

    /// The oldest message, or empty if there is none within a time.
    ///
    /// @param most longest wait
    synchronized Optional<Entry> first(Duration most) throws InterruptedException {
        if (waiting.isEmpty()) {
            wait(most.toMillis());
        }
        return Optional.ofNullable(waiting.firstEntry()).map(first -> new Entry(first.getKey(), first.getValue()));
    }

    /// Removes a message that was delivered.
    synchronized void remove(Entry entry) throws IOException {
        Files.deleteIfExists(file(entry.number()));
        waiting.remove(entry.number());
    }

    /// Moves a message that will never be taken to `outbox/refused`, for a person to inspect.
    synchronized void setAside(Entry entry) throws IOException {
        setAside(file(entry.number()));
        waiting.remove(entry.number());
    }

    /// Number of messages that wait.
    synchronized int size() {
        return waiting.size();
    }

    private void setAside(Path file) throws IOException {
        Path refused = directory.resolve("refused");
        Files.createDirectories(refused);
        String kept = "%d-%s".formatted(System.currentTimeMillis(), file.getFileName());
        Files.move(file, refused.resolve(kept), StandardCopyOption.ATOMIC_MOVE);
    }

    private List<Long> numbers() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> NAME.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(name -> Long.parseLong(name.group(1)))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }

    private Path file(long number) {
        return directory.resolve("%012d.json".formatted(number));
    }
}
