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

/// What a tracking server has yet to be told, in the order in which it happened: `outbox/<number>.json`. A
/// message is on the disk when [#add] returns, and stays until it is removed, whatever happens to the process.
/// Safe for use by several threads of one process.
final class Outbox {

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Pattern NAME = Pattern.compile("(\\d{12})\\.json");

    private final Path directory;
    private final TreeMap<Long, Message> waiting = new TreeMap<>();

    /// Opens an outbox with what was left in it.
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

    /// Something to tell.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Run.class, name = "run"),
        @JsonSubTypes.Type(value = Change.class, name = "served")
    })
    sealed interface Message {}

    /// A run, whose files lie in the data directory.
    ///
    /// @param key the run's
    record Run(String key) implements Message {}

    /// A model in the place of another.
    record Change(ModelChange served) implements Message {}

    /// A message in its place.
    ///
    /// @param number its place in the order
    record Entry(long number, Message message) {}

    /// Adds a message at the end; one that waits already is not added again.
    ///
    /// @throws IOException if the disk does not take it
    synchronized void add(Message message) throws IOException {
        if (waiting.containsValue(message)) {
            return;
        }
        long next = waiting.isEmpty() ? 1 : waiting.lastKey() + 1;
        AtomicFile.replace(file(next), MAPPER.writeValueAsBytes(message));
        waiting.put(next, message);
        notifyAll();
    }

    /// The oldest message; waits for one, but not for ever.
    ///
    /// @param most how long to wait at the most
    synchronized Optional<Entry> first(Duration most) throws InterruptedException {
        if (waiting.isEmpty()) {
            wait(most.toMillis());
        }
        return Optional.ofNullable(waiting.firstEntry()).map(first -> new Entry(first.getKey(), first.getValue()));
    }

    /// The message has arrived.
    synchronized void remove(Entry entry) throws IOException {
        Files.deleteIfExists(file(entry.number()));
        waiting.remove(entry.number());
    }

    /// The message will never arrive: it is kept in `outbox/refused` for a person to look at.
    synchronized void setAside(Entry entry) throws IOException {
        setAside(file(entry.number()));
        waiting.remove(entry.number());
    }

    /// How many messages wait.
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
