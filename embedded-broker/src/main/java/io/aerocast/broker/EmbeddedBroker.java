package io.aerocast.broker;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/// A Kafka broker in this JVM (KRaft, one node, broker and controller in one process) that speaks the Kafka
/// protocol on `127.0.0.1`. Its log is stored in a directory: a second start on the same directory continues
/// with its records.
///
/// Topics are not created implicitly: `auto.create.topics.enable` is off.
public final class EmbeddedBroker implements AutoCloseable {

    private static final int NODE_ID = 1;

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /// Starts a broker on free ports, with its log below a directory.
    ///
    /// @param directory created if absent; formatted on the first start
    /// @throws IOException if the directory cannot be prepared
    public static EmbeddedBroker start(Path directory) throws IOException {
        return start(directory, freePort());
    }

    /// Starts a broker on the given port, with its log below a directory.
    ///
    /// @param directory created if absent; formatted on the first start
    /// @param port the client port on 127.0.0.1; the controller uses another, free port
    /// @throws IOException if the directory cannot be prepared
    public static EmbeddedBroker start(Path directory, int port) throws IOException {
        Path log = Files.createDirectories(directory).resolve("log").toAbsolutePath();
        int controllerPort = freePort();
        KafkaConfig config = new KafkaConfig(properties(log, port, controllerPort));
        format(log);
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        server.startup();
        return new EmbeddedBroker(server, port);
    }

    /// The address for `bootstrap.servers`.
    public String address() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /// Stops the broker and waits until its log is closed.
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static Properties properties(Path log, int port, int controllerPort) {
        Properties p = new Properties();
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", Integer.toString(NODE_ID));
        p.setProperty("listeners", "CLIENT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort));
        p.setProperty("advertised.listeners", "CLIENT://127.0.0.1:" + port);
        p.setProperty("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.setProperty("inter.broker.listener.name", "CLIENT");
        p.setProperty("controller.listener.names", "CONTROLLER");
        p.setProperty("controller.quorum.voters", "%d@127.0.0.1:%d".formatted(NODE_ID, controllerPort));
        p.setProperty("log.dirs", log.toString());
        p.setProperty("auto.create.topics.enable", "false");
        p.setProperty("num.partitions", "3");
        // One node: every internal topic has one replica, and few partitions start fast.
        p.setProperty("default.replication.factor", "1");
        p.setProperty("offsets.topic.replication.factor", "1");
        p.setProperty("offsets.topic.num.partitions", "4");
        p.setProperty("transaction.state.log.replication.factor", "1");
        p.setProperty("transaction.state.log.min.isr", "1");
        p.setProperty("transaction.state.log.num.partitions", "4");
        p.setProperty("share.coordinator.state.topic.replication.factor", "1");
        p.setProperty("share.coordinator.state.topic.min.isr", "1");
        p.setProperty("group.initial.rebalance.delay.ms", "0");
        p.setProperty("group.min.session.timeout.ms", "1000");
        p.setProperty("log.cleaner.dedupe.buffer.size", Long.toString(8L << 20));
        p.setProperty("message.max.bytes", Integer.toString(4 << 20));
        return p;
    }

    private static void format(Path log) throws IOException {
        try (PrintStream silent = new PrintStream(PrintStream.nullOutputStream(), false)) {
            new Formatter()
                    .setClusterId(clusterId(log))
                    .setNodeId(NODE_ID)
                    .setDirectories(List.of(log.toString()))
                    .setMetadataLogDirectory(log.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setIgnoreFormatted(true)
                    .setPrintStream(silent)
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("Cannot format the broker's log directory %s".formatted(log), e);
        }
    }

    /// A cluster identifier derived from the directory, so that every start of the same directory has the same one.
    private static String clusterId(Path log) {
        UUID id = UUID.nameUUIDFromBytes(log.toString().getBytes(StandardCharsets.UTF_8));
        return new Uuid(id.getMostSignificantBits(), id.getLeastSignificantBits()).toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
