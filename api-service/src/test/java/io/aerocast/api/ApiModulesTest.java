package io.aerocast.api;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ApiModulesTest {

    @Test
    void packagesKeepTheirBorders() {
        ApplicationModules.of(ApiService.class).verify();
    }
}
