package io.aerocast.api.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong(-5 * SECOND);
    private final TokenBucket bucket = new TokenBucket(4, 2, now::get);

    @Test
    void grantsTheBurstThenTheRate() {
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isEqualTo(Duration.ofMillis(250));

        now.addAndGet(SECOND / 8);
        assertThat(bucket.take()).isEqualTo(Duration.ofMillis(125));
        now.addAndGet(SECOND / 8);
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void savesNoMoreThanTheBurst() {
        now.addAndGet(1000 * SECOND);

        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isPositive();
    }
}
