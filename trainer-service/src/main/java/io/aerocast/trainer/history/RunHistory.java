package io.aerocast.trainer.history;

import io.aerocast.trainer.DataDirectory;
import io.aerocast.trainer.mlflow.MlflowProperties;
import io.aerocast.trainer.mlflow.MlflowRunLog;
import io.aerocast.trainer.settings.TrainerSettings;
import io.aerocast.trainer.track.LocalRunLog;
import io.aerocast.trainer.track.RunLog;
import io.aerocast.trainer.track.RunSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The runs of a data directory and of the tracking server that the trainer's own configuration names, in one
/// list, for the command line.
public final class RunHistory implements AutoCloseable {

    private final LocalRunLog local;
    private final @Nullable MlflowRunLog server;
    private final String address;

    /// @param dataDirectory as in `.aerocast`
    public RunHistory(Path dataDirectory) {
        this.local = new LocalRunLog(new DataDirectory(dataDirectory));
        MlflowProperties properties = TrainerSettings.read().bind(MlflowProperties.class);
        this.server = properties.trackingUri() == null ? null : MlflowRunLog.of(properties);
        this.address = String.valueOf(properties.trackingUri());
    }

    /// A run and where it is logged.
    ///
    /// @param here whether the data directory has it
    /// @param onServer whether the tracking server has it
    /// @param aliases of its version, as in `champion`, `champion-gru`; empty for most
    public record Entry(RunSummary run, boolean here, boolean onServer, List<String> aliases) {}

    /// A list of runs.
    ///
    /// @param entries newest first
    /// @param server address of the tracking server, or `null` if there is none
    /// @param trouble why the server could not be queried, or `null`
    public record Listing(
            List<Entry> entries,
            @Nullable String server,
            @Nullable String trouble) {}

    /// The newest runs. A server that does not answer leaves those of the data directory.
    ///
    /// @param most largest number of runs
    /// @throws IOException if the data directory cannot be read
    public Listing newest(int most) throws IOException, InterruptedException {
        Map<String, Entry> byKey = new LinkedHashMap<>();
        add(byKey, local, most);
        String trouble = null;
        if (server != null) {
            try {
                add(byKey, server, most);
            } catch (IOException e) {
                trouble = e.getMessage();
            }
        }
        List<Entry> entries = new ArrayList<>(byKey.values());
        entries.sort(Comparator.comparing((Entry entry) -> entry.run().startedAt())
                .thenComparing(entry -> entry.run().key())
                .reversed());
        return new Listing(
                entries.subList(0, Math.min(most, entries.size())), server == null ? null : address, trouble);
    }

    private void add(Map<String, Entry> byKey, RunLog log, int most) throws IOException, InterruptedException {
        boolean here = log == local;
        Map<String, Map<String, String>> aliases = new LinkedHashMap<>();
        for (RunSummary run : log.newest(most)) {
            if (!aliases.containsKey(run.registeredAs())) {
                aliases.put(run.registeredAs(), log.aliases(run.registeredAs()));
            }
            Entry entry = new Entry(run, here, !here, named(aliases.getOrDefault(run.registeredAs(), Map.of()), run));
            byKey.merge(run.key(), entry, RunHistory::both);
        }
    }

    /// The summary of the server has the page; the data directory has the aliases of this system.
    private static Entry both(Entry here, Entry onServer) {
        return new Entry(onServer.run(), here.here(), onServer.onServer(), here.aliases());
    }

    private static List<String> named(Map<String, String> aliases, RunSummary run) {
        TreeSet<String> names = new TreeSet<>();
        aliases.forEach((alias, version) -> {
            boolean ofKind = !alias.contains("-") || alias.endsWith("-" + run.model());
            if (ofKind && version.equals(run.version())) {
                names.add(alias);
            }
        });
        return List.copyOf(names);
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
