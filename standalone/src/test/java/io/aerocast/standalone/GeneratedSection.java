package io.aerocast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A part of a document that is generated from the code and held to it. `-Daerocast.regenerate=true` writes it anew.
///
/// @param document the file's name in `docs`
/// @param name what stands between its markers
record GeneratedSection(String document, String name) {

    void holds(String expected) throws IOException {
        Path file = Path.of("..", "docs", document);
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
