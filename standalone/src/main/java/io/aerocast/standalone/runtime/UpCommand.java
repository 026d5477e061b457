package io.aerocast.standalone.runtime;

import io.aerocast.standalone.terminal.Line;
import io.aerocast.standalone.terminal.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `aerocast up`.
@Command(
        name = "up",
        description = "Run the broker and the four services until Ctrl-C. Sources run only with --sim or --noaa.")
public final class UpCommand implements Runnable {

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private Ports ports = new Ports();

    @Option(names = "--sim", description = "Also run the heatwave simulator.")
    private boolean sim;

    @Option(names = "--noaa", description = "Also replay the observations of JFK 2013 that AeroCast ships.")
    private boolean noaa;

    @Override
    public void run() {
        DataHome directory = data.open();
        Logs.toFile(directory.log());
        Screen screen = Screen.standardError();
        Standalone standalone = new Standalone(directory, ports);
        Runtime.getRuntime().addShutdownHook(new Thread(standalone::close));
        screen.print(Line.of("Starting the broker and four services on %s …".formatted(data.path())));
        standalone.startBroker();
        standalone.startServices(Map.of(Service.INGEST, sources()));
        Overview.of(standalone, data.path()).forEach(screen::print);
        screen.print(Line.empty().dim("Ctrl-C stops everything."));
        untilStopped();
    }

    private List<String> sources() {
        List<String> arguments = new ArrayList<>();
        arguments.add("--aerocast.ingest.simulator.enabled=" + sim);
        arguments.add("--aerocast.ingest.replay.enabled=" + noaa);
        return arguments;
    }

    private static void untilStopped() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
