package io.aerocast.trainer.track;

import io.aerocast.forecast.ModelKinds;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The change that a run or a rollback makes to the aliases of its pipeline and feature; see [RunLog].
///
/// @param moved versions by alias
/// @param removed aliases that no longer name a version
public record Aliases(Map<String, String> moved, Set<String> removed) {

    private static final String CHAMPION = "champion";
    private static final String CHALLENGER = "challenger";

    /// The kind whose aliases need no kind.
    private static final String MAIN = ModelKinds.TRAINED.getFirst();

    public Aliases {
        moved = Map.copyOf(moved);
        removed = Set.copyOf(removed);
    }

    /// A promoted candidate becomes the champion, and there is no challenger yet; one that is held becomes the
    /// challenger.
    public static Aliases after(TrackedRun run) {
        String version = run.version();
        if (version == null) {
            return new Aliases(Map.of(), Set.of());
        }
        return run.promoted()
                ? new Aliases(to(version, named(CHAMPION, run.model())), Set.copyOf(named(CHALLENGER, run.model())))
                : new Aliases(to(version, named(CHALLENGER, run.model())), Set.of());
    }

    /// After a rollback the version that was taken back is the challenger.
    public static Aliases after(ModelChange change) {
        Map<String, String> moved = new HashMap<>(to(change.version(), named(CHAMPION, change.model())));
        moved.putAll(to(change.before(), named(CHALLENGER, change.model())));
        return new Aliases(moved, Set.of());
    }

    /// The same change where a version is not known: its aliases are removed, because a missing alias is better
    /// than a wrong one.
    public Aliases without(String version) {
        Map<String, String> left = new HashMap<>(moved);
        left.values().removeIf(version::equals);
        Set<String> gone = new HashSet<>(moved.keySet());
        gone.removeAll(left.keySet());
        gone.addAll(removed);
        return new Aliases(left, gone);
    }

    /// The alias of the version that serves a kind of model.
    static String champion(String kind) {
        return "%s-%s".formatted(CHAMPION, kind);
    }

    private static List<String> named(String role, String kind) {
        String ofKind = "%s-%s".formatted(role, kind);
        return kind.equals(MAIN) ? List.of(role, ofKind) : List.of(ofKind);
    }

    private static Map<String, String> to(String version, List<String> aliases) {
        Map<String, String> moved = new HashMap<>();
        aliases.forEach(alias -> moved.put(alias, version));
        return moved;
    }
}
