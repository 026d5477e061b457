package io.aerocast.standalone;

import io.aerocast.standalone.backtest.BacktestCommand;
import io.aerocast.standalone.demo.DemoCommand;
import io.aerocast.standalone.driftbench.DriftBenchCommand;
import io.aerocast.standalone.runbook.CancelCommand;
import io.aerocast.standalone.runbook.CleanCommand;
import io.aerocast.standalone.runbook.DetectCommand;
import io.aerocast.standalone.runbook.DriftCommand;
import io.aerocast.standalone.runbook.ExportCommand;
import io.aerocast.standalone.runbook.FeedCommand;
import io.aerocast.standalone.runbook.LineageCommand;
import io.aerocast.standalone.runbook.ReplayCommand;
import io.aerocast.standalone.runbook.RetrainCommand;
import io.aerocast.standalone.runbook.RollbackCommand;
import io.aerocast.standalone.runbook.RunsCommand;
import io.aerocast.standalone.runbook.SimulateCommand;
import io.aerocast.standalone.runbook.TrainCommand;
import io.aerocast.standalone.runbook.TrainingDataCommand;
import io.aerocast.standalone.runtime.CommandFailure;
import io.aerocast.standalone.runtime.Logs;
import io.aerocast.standalone.runtime.UpCommand;
import io.aerocast.standalone.terminal.Screen;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/// The `aerocast` command.
@Command(
        name = "aerocast",
        description = {
            "Real-time forecasts that notice when they go stale, retrain, and prove the new model before serving it.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = AeroCast.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed, or not healed in time; the reason is printed",
            "2:wrong usage",
            "130:stopped by Ctrl-C"
        },
        footer = {"", "'aerocast COMMAND --help' explains a command. Start with 'aerocast demo'."},
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            SimulateCommand.class,
            ReplayCommand.class,
            TrainingDataCommand.class,
            TrainCommand.class,
            RunsCommand.class,
            RollbackCommand.class,
            CancelCommand.class,
            LineageCommand.class,
            RetrainCommand.class,
            BacktestCommand.class,
            DriftBenchCommand.class,
            ExportCommand.class,
            FeedCommand.class,
            DetectCommand.class,
            DriftCommand.class,
            CleanCommand.class,
            GenerateCompletion.class,
            HelpCommand.class
        })
public final class AeroCast {

    /// Picocli's own limit, in characters.
    private static final int NARROWEST_HELP = 55;

    @Option(names = "--stacktrace", description = "Print the stack trace of a failure.")
    private boolean stacktrace;

    private AeroCast() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /// Runs a command in this JVM.
    ///
    /// @return the exit code
    public static int run(String... args) {
        AeroCast root = new AeroCast();
        CommandLine commands = new CommandLine(root);
        commands.getSubcommands().values().forEach(AeroCast::withHelp);
        return commands.setExecutionStrategy(AeroCast::execute)
                .setExecutionExceptionHandler((failure, command, _) -> root.report(failure, command))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(Math.max(NARROWEST_HELP, Screen.columns()))
                .execute(args);
    }

    /// Sets the log up only if a command runs: help needs none.
    private static int execute(ParseResult parsed) {
        @Nullable Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        Logs.toStandardError();
        return new RunLast().execute(parsed);
    }

    private static void withHelp(CommandLine command) {
        if (command.getCommandSpec().findOption("-h") == null) {
            command.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new Version());
        }
    }

    private int report(Exception failure, CommandLine command) {
        command.getErr().println(Ansi.AUTO.string("@|bold,red aerocast:|@ ") + message(failure));
        if (stacktrace) {
            failure.printStackTrace(command.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static @Nullable String message(Exception failure) {
        return switch (failure) {
            case CommandFailure expected -> expected.getMessage();
            case BindException settings -> CommandFailure.of(settings).getMessage();
            default -> "Unexpected: " + failure;
        };
    }

    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = AeroCast.class.getPackage().getImplementationVersion();
            return new String[] {
                "AeroCast " + (version == null ? "(unpackaged)" : version),
                "Java %s, %s %s"
                        .formatted(
                                System.getProperty("java.version"),
                                System.getProperty("os.name"),
                                System.getProperty("os.arch"))
            };
        }
    }
}
