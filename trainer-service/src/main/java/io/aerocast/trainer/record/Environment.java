package io.aerocast.trainer.record;

import io.aerocast.forecast.Build;
import org.jspecify.annotations.Nullable;

/// Where a run was executed.
///
/// @param java version of Java
/// @param os operating system and architecture, as in `Linux-amd64`
/// @param build version of AeroCast
/// @param commit commit of AeroCast, or `null` where it is unknown
public record Environment(
        String java, String os, String build, @Nullable String commit) {

    /// This process.
    public static Environment current() {
        return new Environment(
                System.getProperty("java.version"),
                System.getProperty("os.name") + "-" + System.getProperty("os.arch"),
                Build.version(),
                Build.commit());
    }
}
