package io.aerocast.standalone.runtime;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Sets up the log of this JVM. The services share it, so none of them may set it up itself.
public final class Logs {

    private static final String PATTERN =
            "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %-40.40logger{39} %msg %kvp%replace(%X{traceId}){'(.+)', ' traceId=$1'}"
                    + "%replace(%X{requestId}){'(.+)', ' requestId=$1'}%n%ex";

    private static final Map<String, Level> LEVELS = Map.of(
            "org.apache", Level.WARN,
            // The services log once that they wait for the broker.
            "org.apache.kafka.clients.NetworkClient", Level.ERROR,
            "org.apache.kafka.clients.producer.internals.Sender", Level.ERROR,
            "org.apache.kafka.controller.QuorumController", Level.ERROR,
            "kafka", Level.WARN,
            "state.change.logger", Level.WARN,
            "org.springframework", Level.WARN,
            "org.nd4j", Level.WARN,
            "org.deeplearning4j", Level.WARN);

    private Logs() {}

    /// Logs warnings and errors to standard error: for commands without a data directory of their own.
    public static void toStandardError() {
        LoggerContext context = fresh();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setTarget("System.err");
        install(context, console, "aerocast: %msg %kvp%n", Level.WARN);
    }

    /// Logs everything to a file, at most 2 × 20 MB.
    public static void toFile(Path file) {
        LoggerContext context = fresh();
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setFile(file.toString());

        FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(file + ".%i");
        rolling.setMinIndex(1);
        rolling.setMaxIndex(1);
        rolling.start();
        appender.setRollingPolicy(rolling);

        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(context);
        size.setMaxFileSize(FileSize.valueOf("20MB"));
        size.start();
        appender.setTriggeringPolicy(size);
        install(context, appender, PATTERN, Level.INFO);
    }

    private static LoggerContext fresh() {
        // Otherwise Spring Boot would set up the log again at the start of each service.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        return context;
    }

    private static void install(
            LoggerContext context, OutputStreamAppender<ILoggingEvent> appender, String pattern, Level level) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(level);
        root.addAppender(appender);
        LEVELS.forEach((name, limit) -> context.getLogger(name).setLevel(limit));
    }
}
