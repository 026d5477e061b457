package io.aerocast.system.code;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ModuleBordersTest {

    private static final String[] COMMON_MODEL = {
        "io.aerocast.event..", "io.aerocast.forecast..", "io.aerocast.pipeline.."
    };
    private static final String[] SERVICES = {
        "io.aerocast.ingest..", "io.aerocast.trainer..", "io.aerocast.api..", "io.aerocast.drift.."
    };
    private static final String[] DATA_LAKE = {"io.aerocast.csv..", "io.aerocast.lake..", "io.aerocast.observation.."};
    private static final String TRAINING = "io.aerocast.training..";
    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.aerocast");
    }

    @Test
    void commonModelKnowsNothingOfSpringKafkaOrHadoop() {
        noClasses()
                .that()
                .resideInAnyPackage(COMMON_MODEL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..", "org.apache..", "io.micrometer..", "jakarta..", "org.nd4j..")
                .check(classes);
    }

    @Test
    void commonModelKnowsNoOtherModule() {
        noClasses()
                .that()
                .resideInAnyPackage(COMMON_MODEL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.aerocast.service..",
                        "io.aerocast.lake..",
                        "io.aerocast.broker..",
                        "io.aerocast.training..",
                        "io.aerocast.ingest..",
                        "io.aerocast.trainer..",
                        "io.aerocast.api..",
                        "io.aerocast.drift..")
                .check(classes);
    }

    @Test
    void trainingIsALibraryWithoutSpringKafkaOrMicrometer() {
        noClasses()
                .that()
                .resideInAPackage(TRAINING)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..", "org.apache.kafka..", "io.micrometer..", "jakarta..", "picocli..")
                .check(classes);
    }

    @Test
    void trainingKnowsNoService() {
        noClasses()
                .that()
                .resideInAPackage(TRAINING)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.aerocast.service..",
                        "io.aerocast.broker..",
                        "io.aerocast.ingest..",
                        "io.aerocast.trainer..",
                        "io.aerocast.api..",
                        "io.aerocast.drift..")
                .check(classes);
    }

    @Test
    void dataLakeKnowsNoServiceAndNoTraining() {
        noClasses()
                .that()
                .resideInAnyPackage(DATA_LAKE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.aerocast.service..",
                        "io.aerocast.broker..",
                        "io.aerocast.training..",
                        "io.aerocast.ingest..",
                        "io.aerocast.trainer..",
                        "io.aerocast.api..",
                        "io.aerocast.drift..")
                .check(classes);
    }

    @Test
    void packagesOfDataLakeHaveNoCycle() {
        slices().matching("io.aerocast.(csv|lake|observation)..")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    @Test
    void theLakeDoesNotKnowTheInputFormats() {
        noClasses()
                .that()
                .resideInAPackage("io.aerocast.lake..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.aerocast.observation..", "io.aerocast.csv..")
                .check(classes);
    }

    @Test
    void packagesOfTrainingHaveNoCycle() {
        slices().matching("io.aerocast.training.(*)..")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    @Test
    void servicesDoNotKnowEachOther() {
        slices().matching("io.aerocast.(ingest|trainer|api|drift)..")
                .should()
                .notDependOnEachOther()
                .check(classes);
    }

    @Test
    void nothingKnowsStandalone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.aerocast.standalone..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.aerocast.standalone..")
                .check(classes);
    }

    @Test
    void servicesNeedNoEmbeddedBroker() {
        noClasses()
                .that()
                .resideInAnyPackage(SERVICES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.aerocast.broker..", "kafka..")
                .check(classes);
    }

    @Test
    void onlyTrainingKnowsDl4j() {
        only(TRAINING, "org.deeplearning4j..", "org.nd4j..", "org.bytedeco..");
    }

    @Test
    void onlyTheDriftServiceKnowsKafkaStreams() {
        only("io.aerocast.drift..", "org.apache.kafka.streams..");
    }

    @Test
    void onlyTheLakeKnowsParquet() {
        only("io.aerocast.lake..", "org.apache.parquet..", "org.apache.avro..", "org.apache.hadoop..");
    }

    @Test
    void onlyTheCsvReaderKnowsFastCsv() {
        only("io.aerocast.csv..", "de.siegmar..");
    }

    @Test
    void thePackagesOfStandaloneHaveNoCycle() {
        slices().matching("io.aerocast.standalone.(*)..")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    @Test
    void onlyStandaloneKnowsTheCommandLine() {
        only("io.aerocast.standalone..", "picocli..");
    }

    private static void only(String who, String... what) {
        noClasses()
                .that()
                .resideInAPackage("io.aerocast..")
                .and()
                .resideOutsideOfPackage(who)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(what)
                .check(classes);
    }
}
