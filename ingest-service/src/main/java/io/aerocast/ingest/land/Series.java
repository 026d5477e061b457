package io.aerocast.ingest.land;

/// A station of a pipeline.
record Series(String pipeline, String station) {}
