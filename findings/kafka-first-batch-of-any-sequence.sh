#!/usr/bin/env bash
# Kafka: a partition accepts the second batch of an idempotent producer first, and then never the first one.
#
# Guess: an idempotent producer numbers its batches, and a partition accepts them in order: of a producer that it does
# not know yet, it accepts sequence number 0 and nothing else. A batch that overtakes the one before it is refused and
# sent again, so that five requests in flight are as safe as one.
#
# Seen with the broker 4.2.2: a partition accepts whatever sequence number comes first, and answers the earlier one with
# OUT_OF_ORDER_SEQUENCE_NUMBER from then on. Right after the creation of a topic this happens with the plain KafkaProducer
# at its defaults: the first batch is answered with NOT_LEADER_OR_FOLLOWER because the leader is not ready, the second
# one, already under way, is accepted, and the first is retried in vain until `delivery.timeout.ms` (two minutes), with a
# TimeoutException that names neither. Its records are lost, and those behind them were stored.
#
# This script shows the broker's half, which needs no race: it sends sequence numbers 5 and then 0 to a new partition.
# A producer is safe with `max.in.flight.requests.per.connection=1`, or once `listOffsets` was answered for every
# partition of the new topic.
set -euo pipefail
VERSION=4.2.2
for tool in mvn javac java; do command -v "$tool" >/dev/null || { echo "needs $tool (Java 17 or later)"; exit 1; }; done
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

cat > pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>$VERSION</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
POM
cat > Finding.java <<'JAVA'
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.InitProducerIdRequest;
import org.apache.kafka.common.requests.InitProducerIdResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

public class Finding {

    static Socket socket;
    static int correlation;

    public static void main(String[] args) throws Exception {
        int port = free();
        KafkaRaftServer server = broker(port, free());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
            admin.createTopics(List.of(new NewTopic("new", 1, (short) 1))).all().get();
            TopicPartition partition = new TopicPartition("new", 0);
            admin.listOffsets(Map.of(partition, OffsetSpec.latest())).all().get();
            Uuid topic = admin.describeTopics(List.of("new")).allTopicNames().get().get("new").topicId();
            socket = new Socket("127.0.0.1", port);
            InitProducerIdResponse producer = producer();
            Errors second = produce(topic, producer, 5);
            Errors first = produce(topic, producer, 0);
            Errors again = produce(topic, producer, 0);
            System.out.println("sequence number 5, the first that the partition sees: " + second);
            System.out.println("sequence number 0 after it:                           " + first);
            System.out.println("sequence number 0 once more:                          " + again);
            boolean asSeen = second == Errors.NONE
                    && first == Errors.OUT_OF_ORDER_SEQUENCE_NUMBER
                    && again == Errors.OUT_OF_ORDER_SEQUENCE_NUMBER;
            System.out.println(asSeen ? "as described" : "CHANGED");
            System.out.flush();
            Runtime.getRuntime().halt(asSeen ? 0 : 1);
        }
    }

    static InitProducerIdResponse producer() throws Exception {
        for (int attempt = 0; attempt < 300; attempt++) {
            InitProducerIdRequestData data =
                    new InitProducerIdRequestData().setTransactionalId(null).setTransactionTimeoutMs(60_000);
            InitProducerIdResponse response =
                    send(new InitProducerIdRequest.Builder(data).build(), ApiKeys.INIT_PRODUCER_ID);
            if (response.error() == Errors.NONE) {
                return response;
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("no producer id");
    }

    static Errors produce(Uuid topic, InitProducerIdResponse producer, int sequence) throws Exception {
        MemoryRecords records = MemoryRecords.withIdempotentRecords(
                Compression.NONE,
                producer.data().producerId(),
                producer.data().producerEpoch(),
                sequence,
                new SimpleRecord("x".getBytes()));
        TopicProduceDataCollection topics = new TopicProduceDataCollection();
        topics.add(new TopicProduceData()
                .setName("new")
                .setTopicId(topic)
                .setPartitionData(List.of(new PartitionProduceData().setIndex(0).setRecords(records))));
        ProduceResponse response = send(
                ProduceRequest.builder(new ProduceRequestData()
                                .setAcks((short) -1)
                                .setTimeoutMs(5_000)
                                .setTopicData(topics))
                        .build(),
                ApiKeys.PRODUCE);
        return Errors.forCode(response.data().responses().iterator().next().partitionResponses().get(0).errorCode());
    }

    @SuppressWarnings("unchecked")
    static <T extends AbstractResponse> T send(AbstractRequest request, ApiKeys key) throws Exception {
        RequestHeader header = new RequestHeader(key, request.version(), "finding", ++correlation);
        ByteBuffer bytes = request.serializeWithHeader(header);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(bytes.remaining());
        out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        out.flush();
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] reply = new byte[in.readInt()];
        in.readFully(reply);
        return (T) AbstractResponse.parseResponse(ByteBuffer.wrap(reply), header);
    }

    static int free() throws Exception {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    static KafkaRaftServer broker(int port, int controller) throws Exception {
        String log = Files.createTempDirectory(Files.createDirectories(java.nio.file.Path.of("log")), "b").toAbsolutePath().toString();
        Properties p = new Properties();
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", "1");
        p.setProperty("listeners", "CLIENT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller);
        p.setProperty("advertised.listeners", "CLIENT://127.0.0.1:" + port);
        p.setProperty("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.setProperty("inter.broker.listener.name", "CLIENT");
        p.setProperty("controller.listener.names", "CONTROLLER");
        p.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controller);
        p.setProperty("log.dirs", log);
        new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setDirectories(List.of(log))
                .setMetadataLogDirectory(log)
                .setControllerListenerName("CONTROLLER")
                .setIgnoreFormatted(true)
                .setPrintStream(new PrintStream(PrintStream.nullOutputStream()))
                .run();
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(p), Time.SYSTEM);
        server.startup();
        return server;
    }
}
JAVA
mvn -B -q -ntp dependency:copy-dependencies -DoutputDirectory=lib
javac -nowarn -cp 'lib/*' Finding.java
echo "Apache Kafka $VERSION"
timeout 120 java -cp 'lib/*:.' Finding
