package io.aerocast.trainer.settings;

import io.aerocast.training.TrainingSettings;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

/// The trainer's configuration without the trainer: for the command line, which trains with the same keys as the
/// service and starts no application context. Values come from `trainer-service.yml`, the environment and system
/// properties, in Spring Boot's order.
public final class TrainerSettings {

    private static final String VARIABLES = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    private final StandardEnvironment environment = new StandardEnvironment();

    private TrainerSettings(Map<String, Object> variables) {
        environment.getPropertySources().replace(VARIABLES, new SystemEnvironmentPropertySource(VARIABLES, variables));
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("name", Map.of("spring.config.name", "trainer-service")));
        environment.setConversionService(new ApplicationConversionService());
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
    }

    /// Reads the configuration.
    public static TrainerSettings read() {
        return read(System.getenv());
    }

    /// Reads the configuration.
    ///
    /// @param variables in place of the environment
    static TrainerSettings read(Map<String, String> variables) {
        return new TrainerSettings(Map.copyOf(variables));
    }

    /// Settings of the training library.
    ///
    /// @throws org.springframework.boot.context.properties.bind.BindException if a key in a file is unknown, or
    ///     a value is invalid
    public TrainingSettings training() {
        return training(
                bind(DatasetProperties.class),
                bind(FitProperties.class),
                bind(FlatOutputProperties.class),
                bind(JudgeProperties.class));
    }

    static TrainingSettings training(
            DatasetProperties dataset, FitProperties fit, FlatOutputProperties flatOutput, JudgeProperties gate) {
        return new TrainingSettings(
                dataset.split(), fit.gru(), fit.seasonal(), fit.ridgeRegression(), flatOutput.limits(), gate.gate());
    }

    /// One group of keys.
    ///
    /// @param type annotated with the prefix of its keys
    /// @throws org.springframework.boot.context.properties.bind.BindException if a key in a file is unknown, or
    ///     a value is invalid
    public <T> T bind(Class<T> type) {
        ConfigurationProperties annotation =
                Objects.requireNonNull(type.getAnnotation(ConfigurationProperties.class), type::getName);
        try (LocalValidatorFactoryBean validator = new LocalValidatorFactoryBean()) {
            validator.afterPropertiesSet();
            // As in the service: a variable may spell a key with more underscores than Spring Boot expects.
            BindHandler strict = new ValidationBindHandler(
                    new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()),
                    validator);
            return Binder.get(environment).bindOrCreate(annotation.prefix(), Bindable.of(type), strict);
        }
    }
}
