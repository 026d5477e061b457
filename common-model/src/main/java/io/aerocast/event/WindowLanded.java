package io.aerocast.event;

import java.net.URI;
import java.time.Instant;

/// A parquet window landed: it holds every observation of one pipeline and station between two offsets of
/// one partition.
///
/// @param uri of the file
/// @param rows number of observations, at least 1
/// @param from earliest timestamp in the file
/// @param to latest timestamp in the file
/// @param partition partition of the observations topic
/// @param startOffset first offset that the file covers
/// @param endOffset last offset that the file covers, inclusive
/// @param sha256 checksum of the file, hexadecimal
public record WindowLanded(
        String pipeline,
        String station,
        URI uri,
        long rows,
        Instant from,
        Instant to,
        int partition,
        long startOffset,
        long endOffset,
        String sha256) {

    public WindowLanded {
        Require.text("a window's pipeline", pipeline);
        Require.text("a window's station", station);
        Require.present("a window's uri", uri);
        Require.atLeast("a window's rows", 1, rows);
        Require.present("a window's first time", from);
        Require.present("a window's last time", to);
        Require.text("a window's checksum", sha256);
        if (endOffset < startOffset) {
            throw new IllegalArgumentException(
                    "A window's end offset %d lies before its start offset %d".formatted(endOffset, startOffset));
        }
    }
}
