package io.aerocast.system.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.system.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A section of a document that is generated from the code. Compares the two, or rewrites the section if
/// `-Daerocast.regenerate=true` is set.
///
/// @param document the file's name in `docs`
/// @param name as in its markers
record GeneratedSection(String document, String name) {

    void matches(String expected) throws IOException {
        Path file = Repository.document(document);
        String begin = "<!-- %s: generated -->\n".formatted(name);
        String end = "<!-- end of %s -->".formatted(name);
        String text = Files.readString(file);
        assertThat(text).contains(begin, end);
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(end);

        if (Boolean.getBoolean("aerocast.regenerate")) {
            Files.writeString(file, text.substring(0, from) + expected + text.substring(to));
        } else {
            assertThat(text.substring(from, to)).isEqualTo(expected);
        }
    }
}
