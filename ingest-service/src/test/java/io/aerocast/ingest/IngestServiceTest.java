package io.aerocast.ingest;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class IngestServiceTest {

    @Test
    void packagesDependOnEachOtherInTheOrderOfTheFlow() {
        ApplicationModules.of(IngestService.class).verify();
    }
}
