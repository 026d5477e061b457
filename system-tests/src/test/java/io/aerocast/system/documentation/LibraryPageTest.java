package io.aerocast.system.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.system.Repository;
import io.aerocast.trainer.settings.DatasetProperties;
import io.aerocast.trainer.settings.FitProperties;
import io.aerocast.trainer.settings.FlatOutputProperties;
import io.aerocast.trainer.settings.JudgeProperties;
import io.aerocast.training.TrainingSettings;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Compares the table of settings in `docs/library.md` with the records that bind the keys of the trainer.
class LibraryPageTest {

    private static final String LIBRARY = "io.aerocast.training.";
    private static final String PREFIX = "aerocast.trainer.";
    private static final List<Class<? extends Record>> BOUND =
            List.of(DatasetProperties.class, FitProperties.class, FlatOutputProperties.class, JudgeProperties.class);

    /// The records of a row, and its group of keys.
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (`[a-z]+\\.\\w+`(?:, `[a-z]+\\.\\w+`)*) \\| `([^`]+)` \\|");

    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    @Test
    void theTableOfSettingsNamesTheKeysOfTheTrainer() throws IOException {
        Map<String, String> groups = groups();

        assertThat(groups.keySet())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(TrainingSettings.class.getRecordComponents())
                        .map(RecordComponent::getType)
                        .map(LibraryPageTest::name)
                        .toList());
        assertThat(documented()).isEqualTo(groups);
    }

    private static Map<String, String> documented() throws IOException {
        Map<String, String> groups = new TreeMap<>();
        for (MatchResult row : ROW.matcher(Files.readString(Repository.document("library.md")))
                .results()
                .toList()) {
            NAME.matcher(row.group(1)).results().forEach(name -> groups.put(name.group(1), row.group(2)));
        }
        return groups;
    }

    /// The group of keys from which the trainer creates each record of the library.
    private static Map<String, String> groups() {
        return BOUND.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.getReturnType().getName().startsWith(LIBRARY))
                .collect(Collectors.toMap(method -> name(method.getReturnType()), LibraryPageTest::group));
    }

    private static String name(Class<?> type) {
        return type.getName().substring(LIBRARY.length());
    }

    private static String group(Method method) {
        return method.getDeclaringClass()
                .getAnnotation(ConfigurationProperties.class)
                .prefix()
                .substring(PREFIX.length());
    }
}
