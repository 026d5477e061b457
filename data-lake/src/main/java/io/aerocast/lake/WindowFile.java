package io.aerocast.lake;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A landed parquet file: every observation of one station of a pipeline between two offsets of one partition. The
/// path `<pipeline>/<station>/p<partition>-<start>-<end>.parquet` holds everything but the rows.
///
/// @param pipeline the pipeline's name
/// @param station the station's identifier
/// @param partition partition of the observations topic
/// @param startOffset offset of the first row
/// @param endOffset offset of the last row, inclusive
/// @param path of the file
public record WindowFile(String pipeline, String station, int partition, long startOffset, long endOffset, Path path) {

    /// Longest station name, in UTF-8 bytes: encoded, at three times the length, it is still a valid file name.
    public static final int MAX_STATION_BYTES = 80;

    /// By station, then by partition, then by offset.
    static final Comparator<WindowFile> FILE_ORDER = Comparator.comparing((WindowFile window) -> window.station())
            .thenComparing(WindowFile::partition)
            .thenComparing(WindowFile::startOffset)
            .thenComparing(WindowFile::endOffset);

    private static final Pattern NAME = Pattern.compile("p(\\d{1,9})-(\\d{19})-(\\d{19})\\.parquet");
    private static final String SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";

    /// The file for some rows.
    ///
    /// @param directory of the station
    static WindowFile of(Path directory, String pipeline, LandedObservation first, LandedObservation last) {
        String name = "p%d-%019d-%019d.parquet".formatted(first.partition(), first.offset(), last.offset());
        return new WindowFile(
                pipeline,
                first.observation().station(),
                first.partition(),
                first.offset(),
                last.offset(),
                directory.resolve(name));
    }

    /// Parses a path; empty if it is not the path of a landed window.
    ///
    /// @param processed the directory of all pipelines
    /// @param path of a file in a station's directory
    static Optional<WindowFile> parse(Path processed, Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        Path below = processed.relativize(path);
        return name.matches()
                ? Optional.of(new WindowFile(
                        below.getName(0).toString(),
                        station(below.getName(1).toString()),
                        Integer.parseInt(name.group(1)),
                        Long.parseLong(name.group(2)),
                        Long.parseLong(name.group(3)),
                        path))
                : Optional.empty();
    }

    /// The directory name of a station: letters, digits, `-`, `_` and inner dots stay, every other UTF-8 byte
    /// becomes `%XX`, so that no name leads out of the lake.
    ///
    /// @throws IllegalArgumentException if the name is empty or longer than [#MAX_STATION_BYTES]
    static String directory(String station) {
        byte[] bytes = station.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > MAX_STATION_BYTES) {
            throw new IllegalArgumentException(
                    "A station's name takes 1 to %d bytes, found %d".formatted(MAX_STATION_BYTES, bytes.length));
        }
        StringBuilder directory = new StringBuilder();
        for (byte b : bytes) {
            boolean hidden = b == '.' && directory.isEmpty();
            if (SAFE.indexOf(b) >= 0 && !hidden) {
                directory.append((char) b);
            } else {
                directory.append("%%%02X".formatted(b & 0xff));
            }
        }
        return directory.toString();
    }

    private static String station(String directory) {
        // `+` is always encoded, so the decoder of web forms restores the exact name.
        return URLDecoder.decode(directory, StandardCharsets.UTF_8);
    }
}
