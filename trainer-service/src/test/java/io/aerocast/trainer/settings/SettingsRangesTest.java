package io.aerocast.trainer.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.aerocast.training.check.FlatOutputLimits;
import io.aerocast.training.dataset.SplitSettings;
import io.aerocast.training.fit.GruSettings;
import io.aerocast.training.fit.SeasonalSettings;
import io.aerocast.training.judge.GateSettings;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The service's keys and the library's records both state the range of each setting: they must accept the same
/// values. The values are those around the bounds of all settings.
class SettingsRangesTest {

    private static final ValidatorFactory VALIDATION = Validation.buildDefaultValidatorFactory();
    private static final Validator VALIDATOR = VALIDATION.getValidator();
    private static final double STEP = 1e-6;

    @AfterAll
    static void close() {
        VALIDATION.close();
    }

    static Stream<Arguments> settings() {
        return Stream.of(
                Arguments.of(DatasetProperties.class, SplitSettings.defaults()),
                Arguments.of(FitProperties.class, GruSettings.defaults()),
                Arguments.of(FitProperties.class, SeasonalSettings.defaults()),
                Arguments.of(FlatOutputProperties.class, FlatOutputLimits.defaults()),
                Arguments.of(JudgeProperties.class, GateSettings.defaults()));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void bothAcceptTheSameValues(Class<? extends Record> properties, Record defaults) throws Exception {
        for (RecordComponent setting : defaults.getClass().getRecordComponents()) {
            Map<Object, Boolean> bound = new TreeMap<>();
            Map<Object, Boolean> library = new TreeMap<>();
            for (Object value : values(setting.getType())) {
                bound.put(
                        value,
                        VALIDATOR
                                .validateValue(properties, setting.getName(), value)
                                .isEmpty());
                library.put(value, accepts(defaults, setting, value));
            }
            assertThat(bound).as(setting.toString()).isEqualTo(library);
        }
    }

    @Test
    void triesTheValuesAroundEachBound() {
        assertThat(bounds().boxed()).contains(0.05, 0.6, 8.0, 0.999, -1.0);
        assertThat(values(int.class)).contains(7, 8, 9);
        assertThat(values(double.class)).contains(0.6, 0.6 + STEP, 0.6 - STEP);
        assertThat(values(boolean.class)).isEmpty();
    }

    private static boolean accepts(Record defaults, RecordComponent changed, Object value) throws Exception {
        RecordComponent[] components = defaults.getClass().getRecordComponents();
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            arguments[i] = components[i].getName().equals(changed.getName())
                    ? value
                    : components[i].getAccessor().invoke(defaults);
        }
        try {
            canonical(defaults.getClass()).newInstance(arguments);
            return true;
        } catch (InvocationTargetException e) {
            assertThat(e.getCause())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(changed.getName());
            return false;
        }
    }

    private static Constructor<?> canonical(Class<?> type) throws NoSuchMethodException {
        return type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new));
    }

    /// The values to try for a setting of a type; none if the type has no range.
    private static TreeSet<Object> values(Class<?> type) {
        TreeSet<Object> values = new TreeSet<>();
        bounds().forEach(bound -> {
            if (type == int.class) {
                values.add((int) bound - 1);
                values.add((int) bound);
                values.add((int) bound + 1);
            } else if (type == double.class) {
                values.add(bound - STEP);
                values.add(bound);
                values.add(bound + STEP);
            }
        });
        return values;
    }

    /// The bounds of all settings, and a value beyond them on each side.
    private static DoubleStream bounds() {
        return DoubleStream.concat(
                DoubleStream.of(-1e6, 0, 1e6),
                settings()
                        .map(arguments -> (Class<?>) arguments.get()[0])
                        .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                        .flatMap(field -> Arrays.stream(field.getAnnotations()))
                        .mapToDouble(SettingsRangesTest::bound));
    }

    private static double bound(Annotation annotation) {
        return switch (annotation) {
            case Min min -> min.value();
            case DecimalMin min -> Double.parseDouble(min.value());
            case DecimalMax max -> Double.parseDouble(max.value());
            default -> 0;
        };
    }
}
