package io.aerocast.standalone.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class PortsTest {

    @Test
    void zeroTakesDistinctFreePorts() {
        Ports ports = Ports.free();

        assertThat(IntStream.of(ports.api(), ports.ingest(), ports.trainer(), ports.drift(), ports.broker()))
                .doesNotContain(0)
                .doesNotHaveDuplicates();
    }

    @Test
    void namesTheOptionOfATakenPort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> ports("--trainer-port", "" + taken.getLocalPort()))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessage(
                            "Port %d is in use: choose another with --trainer-port".formatted(taken.getLocalPort()));
        }
    }

    @Test
    void namesBothOptionsOfAPortThatIsGivenTwice() {
        int free = Ports.free().api();

        assertThatThrownBy(() -> ports("--api-port", "" + free, "--drift-port", "" + free))
                .hasMessage("Port %d is given twice: by --api-port and --drift-port".formatted(free));
    }

    @Test
    void refusesAnInvalidPort() {
        assertThatThrownBy(() -> ports("--api-port", "70000"))
                .hasMessage("Port 70000 of --api-port is not between 0 and 65535");
    }

    private static Ports ports(String... arguments) {
        Holder holder = new Holder();
        String[] free = {"--api-port=0", "--ingest-port=0", "--trainer-port=0", "--drift-port=0", "--broker-port=0"};
        new CommandLine(holder)
                .setOverwrittenOptionsAllowed(true)
                .parseArgs(Stream.of(free, arguments).flatMap(Arrays::stream).toArray(String[]::new));
        return holder.ports.settled();
    }

    @Command
    static class Holder {

        @Mixin
        Ports ports = new Ports();
    }
}
