package io.aerocast.service.access;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Refuses to start a service that strangers could change something in.
final class OpenDoor {

    private final AccessProperties access;

    OpenDoor(AccessProperties access) {
        this.access = access;
    }

    /// @param key the configuration key of the address
    /// @param address on which a port of the service listens, or `null` for all of them
    /// @throws IllegalStateException if it listens beyond this machine without a token
    void check(String key, @Nullable InetAddress address) {
        if (!access.isProtected() && !access.unprotected() && !AccessConfiguration.isLoopback(address)) {
            throw new IllegalStateException(
                    ("This service would listen on %s without a token, so that everybody could start trainings and replace "
                                    + "models. Set a token (AEROCAST_ACCESS_TOKEN, or AEROCAST_ACCESS_TOKENFILE with a file), or "
                                    + "%s=127.0.0.1, or, if something else protects it, "
                                    + "aerocast.access.unprotected=true")
                            .formatted(address == null ? "all addresses" : address.getHostAddress(), key));
        }
    }
}
