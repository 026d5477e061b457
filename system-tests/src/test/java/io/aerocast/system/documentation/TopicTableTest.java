package io.aerocast.system.documentation;

import io.aerocast.event.Topic;
import io.aerocast.event.Topics;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Compares the topic table of `docs/architecture.md` with the code.
class TopicTableTest {

    @Test
    void theDocumentHasTheTopicsOfTheCode() throws IOException {
        new GeneratedSection("architecture.md", "topics").matches(table());
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| topic | key | value | kept |\n|---|---|---|---|\n");
        for (Topic<?> topic : Topics.all()) {
            table.append(row(topic.name(), topic.key(), topic.content(), kept(topic.kept())));
        }
        return table.append(row(
                        Topics.DEAD_LETTERS,
                        "as received",
                        "the payload as received; reason, origin and time of the rejection, and a readable observation, in headers",
                        kept(Topic.Retention.TIME)))
                .toString();
    }

    private static String row(String name, String key, String content, String kept) {
        return "| `%s` | %s | %s | %s |\n".formatted(name, key, content, kept);
    }

    private static String kept(Topic.Retention retention) {
        return switch (retention) {
            case TIME -> "for a time";
            case COMPACTED -> "the newest of each key";
        };
    }
}
