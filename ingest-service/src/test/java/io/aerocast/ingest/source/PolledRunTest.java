package io.aerocast.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PolledRunTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    /// Counts its polls, and pauses within each after the first two.
    private static final class Polled implements PolledSource {

        private final AtomicInteger polls = new AtomicInteger();
        private final CountDownLatch pausing = new CountDownLatch(1);
        private volatile boolean broken;

        @Override
        public String kind() {
            return "weather";
        }

        @Override
        public Duration interval() {
            return Duration.ZERO;
        }

        @Override
        public void poll(Pause pause) throws InterruptedException {
            if (polls.incrementAndGet() > 2) {
                pausing.countDown();
                pause.pause(LONG);
            }
            if (broken) {
                throw new IllegalStateException("broken");
            }
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("state", "running");
        }
    }

    private final Polled source = new Polled();
    private final PolledRun run = new PolledRun(source);

    @Test
    void pollsAtTheIntervalUntilAStopEndsThePause() throws Exception {
        run.worker().start();
        source.pausing.await();

        run.worker().stop();

        assertThat(source.polls).hasValue(3);
        assertThat(run.worker().running()).isFalse();
    }

    @Test
    void pollsAgainAfterAPollThatThrows() throws Exception {
        source.broken = true;
        run.worker().start();

        source.pausing.await();
        run.worker().stop();

        assertThat(source.polls).hasValue(3);
    }

    @Test
    void hasItsOwnHealthFactsBesideThoseOfThePositionedSources() {
        Sources sources = new Sources(List.of(), List.of(run), new SimpleMeterRegistry());

        assertThat(sources.facts()).isEqualTo(Map.of("weather", Map.of("state", "running"), "sources", Map.of()));
        assertThat(sources.status()).isEmpty();
    }
}
