package io.aerocast.standalone.demo;

import io.aerocast.standalone.healing.HealingReport;
import io.aerocast.standalone.healing.HealingReport.Goal;
import io.aerocast.standalone.runtime.CommandFailure;
import io.aerocast.standalone.runtime.DataHome;
import io.aerocast.standalone.runtime.DataOption;
import io.aerocast.standalone.runtime.Logs;
import io.aerocast.standalone.runtime.Overview;
import io.aerocast.standalone.runtime.Ports;
import io.aerocast.standalone.runtime.Standalone;
import io.aerocast.standalone.terminal.Line;
import io.aerocast.standalone.terminal.Screen;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `aerocast demo`.
@Command(
        name = "demo",
        description = {
            "Run the whole loop: real observations of JFK 2013, replayed fast, and a simulated station with a heatwave. "
                    + "Models are trained, the drift is detected, a new model is proven and takes over.",
            "Runs until Ctrl-C. A second start on the same data directory continues."
        })
public final class DemoCommand implements Callable<Integer> {

    private static final Duration HEALED_WITHIN = Duration.ofMinutes(3);
    private static final Duration REPLAYED_WITHIN = Duration.ofMinutes(20);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private Ports ports = new Ports();

    @Option(names = "--until-healed", description = "Stop as soon as the error is back to normal after the heatwave.")
    private boolean untilHealed;

    @Option(
            names = "--until",
            paramLabel = "DATE",
            description = "Stop when the replay of JFK 2013, which begins on 2013-03-01, has passed this date, such as "
                    + "2013-08-01. The exit code is 0 if a model of noaa was promoted by then and what is served "
                    + "beats persistence 1, 6, 12 and 24 h ahead for each of its targets.")
    private @Nullable LocalDate until;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Seconds.class,
            description = "Give up after this long (default: 180s with --until-healed, 20m with --until).")
    private @Nullable Duration timeout;

    @Option(
            names = "--json",
            description = "With --until-healed or --until: the last line on standard output is one JSON object with "
                    + "the numbers of the run.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        requireUsage(
                !json || untilHealed || until != null,
                "--json needs --until-healed or --until: without them, the run has no end");
        requireUsage(!untilHealed || until == null, "--until-healed and --until exclude each other");
        requireUsage(
                until == null || DemoSettings.REPLAY_START.isBefore(end(until)),
                "--until needs a date after %s, found %s".formatted(DemoSettings.REPLAY_START, until));
        try {
            return run().map(this::conclude).orElse(ExitCode.OK);
        } catch (CommandFailure e) {
            if (json) {
                System.out.println(HealingReport.notStarted(e.getMessage()));
            }
            throw e;
        }
    }

    private void requireUsage(boolean condition, String message) {
        if (!condition) {
            throw new ParameterException(command.commandLine(), message);
        }
    }

    private static Instant end(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /// @return empty if the run has no end
    private Optional<HealingReport> run() throws InterruptedException {
        DataHome directory = data.open();
        Logs.toFile(directory.log());
        Screen screen = Screen.standardError();
        try (Standalone standalone = new Standalone(directory, ports);
                Demo demo = new Demo(standalone, DemoSettings.standard(), screen)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                screen.close();
                standalone.close();
            }));
            Overview.of(standalone, data.path()).forEach(screen::print);
            screen.print(Line.empty());
            return follow(demo);
        }
    }

    private Optional<HealingReport> follow(Demo demo) throws InterruptedException {
        if (untilHealed) {
            return Optional.of(demo.untilHealed(Objects.requireNonNullElse(timeout, HEALED_WITHIN)));
        }
        if (until != null) {
            return Optional.of(demo.until(end(until), Objects.requireNonNullElse(timeout, REPLAYED_WITHIN)));
        }
        demo.endlessly();
        return Optional.empty();
    }

    private int conclude(HealingReport report) {
        if (json) {
            System.out.println(report.json());
        }
        return shortfall(report)
                .map(reason -> {
                    Screen.standardError().print(Line.of("aerocast: " + reason));
                    return ExitCode.SOFTWARE;
                })
                .orElse(ExitCode.OK);
    }

    private static Optional<String> shortfall(HealingReport report) {
        Goal goal = report.goal();
        if (goal != null) {
            return goal.shown()
                    ? Optional.empty()
                    : Optional.of("Not shown after %.0f s: %s".formatted(report.seconds(), goal.reason()));
        }
        return report.healed()
                ? Optional.empty()
                : Optional.of("Not healed after %.0f s: %s".formatted(report.seconds(), report.reason()));
    }

    /// Reads `180s`, `3m` or `180`.
    static final class Seconds implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String text) {
            try {
                String number = text.replaceFirst("[sm]$", "");
                Duration duration = text.endsWith("m")
                        ? Duration.ofMinutes(Long.parseLong(number))
                        : Duration.ofSeconds(Long.parseLong(number));
                if (duration.isPositive()) {
                    return duration;
                }
            } catch (NumberFormatException _) {
                // Reported below.
            }
            throw new TypeConversionException("expected a time such as 180s or 3m, found '%s'".formatted(text));
        }
    }
}
