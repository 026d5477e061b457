package io.aerocast.trainer;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class TrainerArchitectureTest {

    @Test
    void packagesKeepTheirBorders() {
        ApplicationModules.of(TrainerService.class).verify();
    }
}
