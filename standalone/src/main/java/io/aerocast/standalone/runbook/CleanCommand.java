package io.aerocast.standalone.runbook;

import io.aerocast.standalone.runtime.DataHome;
import io.aerocast.standalone.runtime.DataOption;
import io.aerocast.standalone.terminal.Line;
import io.aerocast.standalone.terminal.Screen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `aerocast clean`.
@Command(name = "clean", description = "Remove the data directory with its contents.")
public final class CleanCommand implements Runnable {

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public void run() {
        boolean removed = DataHome.remove(data.path());
        Screen.standardError()
                .print(Line.of(
                        removed ? "Removed %s".formatted(data.path()) : "%s does not exist".formatted(data.path())));
    }
}
