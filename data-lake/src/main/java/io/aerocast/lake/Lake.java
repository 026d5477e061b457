package io.aerocast.lake;

import io.aerocast.event.Checksum;
import io.aerocast.event.Observation;
import io.aerocast.event.WindowLanded;
import io.aerocast.pipeline.Pipeline;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;

/// Landed observations: parquet files `data/processed/<pipeline>/<station>/p<partition>-<start>-<end>.parquet`
/// below a data directory. The name of a file holds the offsets of the observations topic that it covers. A file is
/// complete and synced to disk, or absent. `docs/data.md` describes the columns.
///
/// Safe for use by several threads; a partition must have one writer at a time.
public final class Lake {

    private static final String UNFINISHED = ".tmp";
    private static final Pattern UNFINISHED_NAME = Pattern.compile("p(\\d{1,9})-\\d{19}-\\d{19}\\.parquet\\.tmp");

    private final Path root;
    private final Path data;
    private final Path processed;
    private final Path topic;

    /// A lake below a data directory, which need not exist yet.
    ///
    /// @param root the data directory, such as `.aerocast`
    public Lake(Path root) {
        this.root = root.toAbsolutePath().normalize();
        this.data = this.root.resolve("data");
        this.processed = data.resolve("processed");
        this.topic = processed.resolve("topic-id");
    }

    /// The directory of the windows of all pipelines.
    public Path directory() {
        return processed;
    }

    /// Checks that the lake can hold a pipeline.
    ///
    /// @throws IllegalArgumentException if a feature's name cannot be a column
    public void requireWritable(Pipeline pipeline) {
        WindowSchema.of(pipeline);
    }

    /// Assigns an empty lake to a topic, in the file `topic-id`, or verifies the topic of a lake that is not empty.
    /// An offset alone does not identify a record: a topic that is created again counts from 0 again.
    ///
    /// @param topicId the broker's identifier of the observations topic
    /// @throws ForeignLakeException if the lake belongs to another topic, or holds windows of an unknown one
    public void claim(String topicId) throws IOException {
        if (Files.notExists(topic) && windows().isEmpty()) {
            AtomicFile.replace(topic, topicId.getBytes(StandardCharsets.UTF_8));
            sync(processed, data, root);
        }
        String owner = Files.exists(topic) ? Files.readString(topic).strip() : "an unknown topic";
        if (!owner.equals(topicId)) {
            throw new ForeignLakeException(
                    "The lake %s belongs to another topic: expected %s in %s, found %s. Use another data directory, or move this one's data/processed away, or connect to the broker it came from"
                            .formatted(processed, topicId, topic.getFileName(), owner));
        }
    }

    /// Lands a window: writes a temporary file, syncs it, renames it atomically, syncs its directories, and reads
    /// it back. Writing the same rows again replaces the file by an equal one.
    ///
    /// @param rows at least one; of one station and one partition, ascending by offset
    /// @return the announcement of the window, as it was read back
    /// @throws IOException if the window cannot be written; no file remains of it
    public WindowLanded write(Pipeline pipeline, List<LandedObservation> rows) throws IOException {
        requireOneSeries(pipeline, rows);
        Path ofPipeline = processed.resolve(pipeline.name());
        Path ofStation = ofPipeline.resolve(
                WindowFile.directory(rows.getFirst().observation().station()));
        WindowFile window = WindowFile.of(ofStation, pipeline.name(), rows.getFirst(), rows.getLast());
        Files.createDirectories(ofStation);
        Path unfinished = ofStation.resolve(window.path().getFileName() + UNFINISHED);
        AtomicFile.replace(window.path(), unfinished, file -> writeRows(WindowSchema.of(pipeline), rows, file));
        // All of them each time: a failed attempt may have created a directory that is not synced yet.
        sync(ofStation, ofPipeline, processed, data, root);
        return describe(window);
    }

    /// The announcement of a landed window, computed from the file itself.
    ///
    /// @throws IOException if the file cannot be read; the message names it
    public WindowLanded describe(WindowFile window) throws IOException {
        long rows = 0;
        Instant from = Instant.MAX;
        Instant to = Instant.MIN;
        for (LandedObservation row : read(window)) {
            Instant ts = row.observation().timestamp();
            from = ts.isBefore(from) ? ts : from;
            to = ts.isAfter(to) ? ts : to;
            rows++;
        }
        return new WindowLanded(
                window.pipeline(),
                window.station(),
                window.path().toUri(),
                rows,
                from,
                to,
                window.partition(),
                window.startOffset(),
                window.endOffset(),
                sha256(window.path()));
    }

    /// The landed windows of a pipeline, by station, then by partition, then by offset.
    ///
    /// @throws UncheckedIOException if the directory cannot be listed
    public List<WindowFile> windows(Pipeline pipeline) {
        return files(processed.resolve(pipeline.name()))
                .map(path -> WindowFile.parse(processed, path))
                .flatMap(Optional::stream)
                .sorted(WindowFile.FILE_ORDER)
                .toList();
    }

    /// The landed windows of all pipelines, in no particular order.
    ///
    /// @throws UncheckedIOException if the directory cannot be listed
    public List<WindowFile> windows() {
        return children(processed)
                .flatMap(Lake::files)
                .map(path -> WindowFile.parse(processed, path))
                .flatMap(Optional::stream)
                .toList();
    }

    /// Every landed observation of a pipeline, exactly once, in the order of [#windows(Pipeline)]. Files are read
    /// one at a time, as the stream is consumed.
    ///
    /// @throws UncheckedIOException if a file cannot be read; the message names it
    public Stream<LandedObservation> observations(Pipeline pipeline) {
        return observations(windows(pipeline));
    }

    /// Every landed observation of some windows, exactly once, as [#observations(Pipeline)].
    ///
    /// @param windows in the order of [#windows(Pipeline)]
    /// @throws UncheckedIOException if a file cannot be read; the message names it
    public static Stream<LandedObservation> observations(List<WindowFile> windows) {
        // Two successive writers of a partition may have written overlapping windows. Each window is complete
        // between its offsets, so a row up to the highest offset so far has already been read.
        Map<String, Long> landedThrough = new HashMap<>();
        List<Stream<LandedObservation>> parts = new ArrayList<>();
        for (WindowFile window : windows) {
            String series = window.station() + "/" + window.partition();
            long through = landedThrough.getOrDefault(series, -1L);
            if (window.endOffset() > through) {
                parts.add(Stream.of(window).flatMap(w -> unchecked(w).stream()).filter(row -> row.offset() > through));
                landedThrough.put(series, window.endOffset());
            }
        }
        return parts.stream().flatMap(Function.identity());
    }

    /// Reads the observations of one parquet file of any origin. It must have the columns `station`, `ts` and at
    /// least one feature of the pipeline; other columns are ignored. `docs/data.md` describes them.
    ///
    /// @throws IOException if the file cannot be read or lacks a column; the message names the file
    public static List<Observation> read(Pipeline pipeline, Path file) throws IOException {
        List<Observation> observations = new ArrayList<>();
        try (ParquetReader<GenericRecord> reader = reader(file)) {
            for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
                observations.add(WindowSchema.observation(pipeline, row));
            }
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // A damaged file causes either.
            throw new IOException("Cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
        return observations;
    }

    /// Removes the temporary files of writers that were killed.
    ///
    /// @param partitions without another writer
    /// @return the files that were removed
    public List<Path> removeUnfinished(Collection<Integer> partitions) throws IOException {
        List<Path> removed = new ArrayList<>();
        for (Path path : children(processed).flatMap(Lake::files).toList()) {
            Matcher name = UNFINISHED_NAME.matcher(path.getFileName().toString());
            if (name.matches() && partitions.contains(Integer.valueOf(name.group(1)))) {
                Files.delete(path);
                removed.add(path);
            }
        }
        return removed;
    }

    private static void writeRows(WindowSchema schema, List<LandedObservation> rows, Path file) throws IOException {
        try (ParquetWriter<GenericRecord> writer = AvroParquetWriter.<GenericRecord>builder(new FsyncingFile(file))
                .withConf(new PlainParquetConfiguration())
                .withDataModel(GenericData.get())
                .withSchema(schema.avro())
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withCodecFactory(new Pages())
                .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                .build()) {
            for (LandedObservation row : rows) {
                writer.write(schema.row(row));
            }
        }
    }

    private static List<LandedObservation> read(WindowFile window) throws IOException {
        List<LandedObservation> rows = new ArrayList<>();
        try (ParquetReader<GenericRecord> reader = reader(window.path())) {
            for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
                rows.add(WindowSchema.landed(row));
            }
        } catch (IOException | RuntimeException e) {
            // A damaged file causes either.
            throw new IOException("Cannot read window %s: %s".formatted(window.path(), e.getMessage()), e);
        }
        if (rows.isEmpty()) {
            throw new IOException("Cannot read window %s: it holds no rows".formatted(window.path()));
        }
        return rows;
    }

    private static ParquetReader<GenericRecord> reader(Path file) throws IOException {
        return AvroParquetReader.<GenericRecord>builder(new LocalInputFile(file), new PlainParquetConfiguration())
                .withDataModel(GenericData.get())
                .withCodecFactory(new Pages())
                .build();
    }

    private static List<LandedObservation> unchecked(WindowFile window) {
        try {
            return read(window);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static void requireOneSeries(Pipeline pipeline, List<LandedObservation> rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(
                    "A window of pipeline %s needs at least one row".formatted(pipeline.name()));
        }
        LandedObservation before = rows.getFirst();
        for (LandedObservation row : rows) {
            Observation observation = row.observation();
            boolean fits = observation.pipeline().equals(pipeline.name())
                    && observation.station().equals(before.observation().station())
                    && pipeline.featureNames()
                            .containsAll(observation.readings().keySet())
                    && row.partition() == before.partition()
                    && (row.offset() > before.offset() || row == before);
            if (!fits) {
                throw new IllegalArgumentException(
                        "A window holds one pipeline (%s), one station and one partition by ascending offset, found %s after %s"
                                .formatted(pipeline.name(), row, before));
            }
            before = row;
        }
    }

    /// The files of all stations of a pipeline.
    ///
    /// @param pipeline its directory
    private static Stream<Path> files(Path pipeline) {
        return children(pipeline).flatMap(Lake::children);
    }

    /// Lists names only: a file may be renamed before its attributes could be read.
    private static Stream<Path> children(Path directory) {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.toList().stream();
        } catch (NoSuchFileException | NotDirectoryException _) {
            // No window has landed yet, or the file is not part of the lake.
            return Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list %s: %s".formatted(directory, e), e);
        }
    }

    private static void sync(Path... directories) throws IOException {
        for (Path directory : directories) {
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Checksum.of(in);
        }
    }
}
