package io.aerocast.trainer.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.trainer.run.OpenRuns;
import io.aerocast.trainer.run.OpenRuns.Run;
import org.junit.jupiter.api.Test;

class PendingTest {

    private final Pending pending = new Pending();

    @Test
    void commitsUpToTheFirstSignalThatIsNotAnswered() {
        Run waits = OpenRuns.open("waits");
        Run quick = OpenRuns.open("quick");
        pending.received(10);
        pending.open(waits.run(), 11);
        pending.received(11);
        pending.open(quick.run(), 12);
        pending.received(12);

        assertThat(pending.answered()).hasValue(11);
        assertThat(pending.answered()).as("the commit failed").hasValue(11);
        pending.committed(11);
        quick.end(true);
        assertThat(pending.answered()).isEmpty();
        waits.end(true);
        assertThat(pending.answered()).hasValue(13);
        pending.committed(13);
        assertThat(pending.answered()).isEmpty();
    }

    @Test
    void aRunThatIsInterruptedIsNotCommitted() {
        Run run = OpenRuns.open("interrupted");
        pending.open(run.run(), 5);
        pending.received(5);
        assertThat(pending.answered()).hasValue(5);
        pending.committed(5);

        run.end(false);

        assertThat(pending.answered()).isEmpty();
    }

    @Test
    void aFloodOfSignalsTakesTheSpaceOfItsRuns() {
        Run run = OpenRuns.open("flood");
        for (int offset = 0; offset < 1_000_000; offset++) {
            pending.open(run.run(), offset);
            pending.received(offset);
        }

        assertThat(pending.size()).isOne();
        assertThat(pending.answered()).hasValue(0);
        run.end(true);
        assertThat(pending.answered()).hasValue(1_000_000);
    }
}
