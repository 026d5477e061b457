package io.aerocast.standalone.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/// The ports of the services and of the broker, as options of a command. 0 stands for any free port.
public final class Ports {

    @Option(
            names = "--api-port",
            paramLabel = "PORT",
            defaultValue = "${env:AEROCAST_API_PORT:-8000}",
            description = "Port of the api (default: 8000).")
    int api;

    @Option(
            names = "--ingest-port",
            paramLabel = "PORT",
            defaultValue = "${env:AEROCAST_INGEST_PORT:-8001}",
            description = "Port of the ingest service (default: 8001).")
    int ingest;

    @Option(
            names = "--trainer-port",
            paramLabel = "PORT",
            defaultValue = "${env:AEROCAST_TRAINER_PORT:-8002}",
            description = "Port of the trainer service (default: 8002).")
    int trainer;

    @Option(
            names = "--drift-port",
            paramLabel = "PORT",
            defaultValue = "${env:AEROCAST_DRIFT_PORT:-8003}",
            description = "Port of the drift service (default: 8003).")
    int drift;

    @Option(
            names = "--broker-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Port of the Kafka broker (default: 9092).")
    int broker;

    /// Ports that are all free now, for tests.
    public static Ports free() {
        return new Ports().settled();
    }

    public int api() {
        return api;
    }

    public int ingest() {
        return ingest;
    }

    public int trainer() {
        return trainer;
    }

    public int drift() {
        return drift;
    }

    public int broker() {
        return broker;
    }

    /// Replaces each 0 by a free port and checks that the others are free.
    ///
    /// @throws CommandFailure if a port is in use or given twice; the message names its option
    public Ports settled() {
        Map<Integer, String> options = new LinkedHashMap<>();
        Ports settled = new Ports();
        settled.broker = settle(broker, "--broker-port", options);
        settled.ingest = settle(ingest, "--ingest-port", options);
        settled.trainer = settle(trainer, "--trainer-port", options);
        settled.api = settle(api, "--api-port", options);
        settled.drift = settle(drift, "--drift-port", options);
        return settled;
    }

    private static int settle(int wanted, String option, Map<Integer, String> options) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), wanted));
            int port = socket.getLocalPort();
            String other = options.putIfAbsent(port, option);
            if (other != null && wanted == 0) {
                return settle(wanted, option, options);
            }
            if (other != null) {
                throw new CommandFailure("Port %d is given twice: by %s and %s".formatted(port, other, option));
            }
            return port;
        } catch (IllegalArgumentException _) {
            throw new CommandFailure("Port %d of %s is not between 0 and 65535".formatted(wanted, option));
        } catch (IOException e) {
            String cause = String.valueOf(e.getMessage());
            throw new CommandFailure(
                    "Port %d %s: choose another with %s"
                            .formatted(
                                    wanted,
                                    cause.contains("in use") ? "is in use" : "cannot be used (%s)".formatted(cause),
                                    option),
                    e);
        }
    }
}
