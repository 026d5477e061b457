package io.aerocast.forecast;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// Which build of AeroCast this is.
public final class Build {

    /// Names the commit where the build could not see it, as in an image that is built from an archive.
    private static final String VARIABLE = "AEROCAST_COMMIT";

    private static final @Nullable String COMMIT = read();

    private Build() {}

    /// The version, or `development` where nothing was packaged.
    public static String version() {
        String version = Build.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /// The commit, 40 hexadecimal digits, or `null` where it is unknown.
    public static @Nullable String commit() {
        return COMMIT;
    }

    private static @Nullable String read() {
        String told = System.getenv(VARIABLE);
        if (told != null && !told.isBlank()) {
            return told;
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
