package io.aerocast.drift;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class DriftServiceTest {

    @Test
    void packagesKeepTheirBoundaries() {
        ApplicationModules.of(DriftService.class).verify();
    }
}
