package io.aerocast.ingest.source;

import io.aerocast.csv.CsvLine;
import io.aerocast.csv.CsvLines;
import io.aerocast.ingest.publish.Received;
import io.aerocast.ingest.publish.Received.Malformed;
import io.aerocast.ingest.publish.Received.Measured;
import io.aerocast.observation.ObservationCsv;
import io.aerocast.pipeline.Pipeline;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Replays an archive line by line at its own pace; the times of observation are unchanged. A position is a number
/// of lines after the header.
final class Replay implements PositionedSource {

    private final Archive archive;
    private final String fingerprint;
    private final ObservationCsv csv;
    private final @Nullable Instant from;
    private final Duration interval;

    /// Reads the header, so that an unreadable file stops the start of the service.
    ///
    /// @throws IllegalArgumentException if the file cannot be read or its header is invalid
    Replay(ReplayProperties properties, Pipeline pipeline) {
        this.archive = Archive.of(properties.file());
        this.from = properties.from();
        this.interval = properties.interval();
        try (CsvLines lines = archive.open()) {
            this.csv = ObservationCsv.readHeader(lines, pipeline);
            this.fingerprint = archive.fingerprint();
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Cannot replay %s (aerocast.ingest.replay.file): %s"
                            .formatted(
                                    archive.file() == null ? archive.name() : archive.file(),
                                    e instanceof IOException ? e : e.getMessage()),
                    e);
        }
    }

    @Override
    public String kind() {
        return "replay";
    }

    @Override
    public String identity() {
        return "replay-%s-%s".formatted(csv.pipeline().name(), fingerprint);
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public Reading open(long position) throws IOException {
        CsvLines lines = archive.open();
        try {
            while (lines.number() <= position && lines.next().isPresent()) {}
            return new Rows(lines);
        } catch (IOException | RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    private final class Rows implements Reading {

        private final CsvLines lines;

        Rows(CsvLines lines) {
            this.lines = lines;
        }

        @Override
        public Optional<Received> next() throws IOException {
            Optional<Received> entry = line();
            while (entry.isPresent() && tooEarly(entry.get())) {
                entry = line();
            }
            return entry;
        }

        @Override
        public long position() {
            return lines.number() - 1;
        }

        private Optional<Received> line() throws IOException {
            return lines.next().map(this::received);
        }

        private Received received(CsvLine line) {
            String origin = "replay %s:%d".formatted(archive.name(), line.number());
            try {
                return new Measured(csv.observation(line), origin, line.bytes());
            } catch (IllegalArgumentException e) {
                return new Malformed(csv.pipeline().name(), String.valueOf(e.getMessage()), origin, line.bytes());
            }
        }

        private boolean tooEarly(Received entry) {
            return from != null
                    && entry instanceof Measured measured
                    && measured.observation().timestamp().isBefore(from);
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
