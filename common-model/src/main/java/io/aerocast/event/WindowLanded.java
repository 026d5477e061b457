package io.aerocast.event;

import java.net.URI;
import java.time.Instant;

/// A parquet window landed: it holds every observation of one pipeline and station between two offsets of
/// one partition.
///
/// @param uri where the file lies
/// @param rows number of observations, at least 1
/// @param from earliest time of observation in the file
/// @param to latest time of observation in the file
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
        Require.text(pipeline, "a window's pipeline");
        Require.text(station, "a window's station");
        Require.present(uri, "a window's uri");
        Require.positive(rows, "a window's rows");
        Require.present(from, "a window's first time");
        Require.present(to, "a window's last time");
        Require.text(sha256, "a window's checksum");
        if (endOffset < startOffset) {
            throw new IllegalArgumentException(
                    "A window's end offset %d lies before its start offset %d".formatted(endOffset, startOffset));
        }
    }
}
