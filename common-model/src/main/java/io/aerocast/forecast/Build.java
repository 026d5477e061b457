package io.aerocast.forecast;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// Version and commit of this build of AeroCast.
public final class Build {

    /// Environment variable with the commit, for builds without a repository (an image built from an archive).
    private static final String VARIABLE = "AEROCAST_COMMIT";

    private static final @Nullable String COMMIT = read();

    private Build() {}

    /// The version, or `development` if the classes do not come from a jar.
    public static String version() {
        String version = Build.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /// The commit, 40 hexadecimal digits, or `null` if unknown.
    public static @Nullable String commit() {
        return COMMIT;
    }

    private static @Nullable String read() {
        String configured = System.getenv(VARIABLE);
        if (configured != null && !configured.isBlank()) {
            return configured;
        }
        try (InputStream in = Build.class.getResourceAsStream("git.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("git.commit.id.full");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
