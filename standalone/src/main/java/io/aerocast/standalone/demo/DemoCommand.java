package io.aerocast.standalone.demo;

import io.aerocast.standalone.healing.HealingReport;
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
import java.util.Optional;
import java.util.concurrent.Callable;
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
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "180s",
            converter = Seconds.class,
            description = "With --until-healed: give up after this long (default: 180s).")
    private Duration timeout = Duration.ofMinutes(3);

    @Option(
            names = "--json",
            description = "With --until-healed: the last line on standard output is one JSON object with the numbers "
                    + "of the run.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        if (json && !untilHealed) {
            throw new ParameterException(
                    command.commandLine(), "--json needs --until-healed: without it, the run has no end");
        }
        try {
            return run().map(this::conclude).orElse(ExitCode.OK);
        } catch (CommandFailure e) {
            if (json) {
                System.out.println(HealingReport.notStarted(e.getMessage()));
            }
            throw e;
        }
    }

    /// @return empty without `--until-healed`
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
            if (untilHealed) {
                return Optional.of(demo.untilHealed(timeout));
            }
            demo.endlessly();
            return Optional.empty();
        }
    }

    private int conclude(HealingReport report) {
        if (json) {
            System.out.println(report.json());
        }
        if (!report.healed()) {
            Screen.standardError()
                    .print(Line.of(
                            "aerocast: Not healed after %.0f s: %s".formatted(report.seconds(), report.reason())));
            return ExitCode.SOFTWARE;
        }
        return ExitCode.OK;
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
