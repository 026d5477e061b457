package io.aerocast.service.access;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The names by which the service may be called. A page can make the name of its own site resolve to the
/// address of this service and would then read from it as from its own site (DNS rebinding), but it cannot do
/// so with an address or with `localhost`.
final class HostNames implements Predicate<String> {

    private static final Pattern ADDRESS =
            Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.%]*]?");

    private final Set<String> names;
    private final boolean any;

    /// @param any whether all names are allowed where none are configured
    HostNames(Collection<String> names, boolean any) {
        this.names = names.stream().map(HostNames::lower).collect(Collectors.toUnmodifiableSet());
        this.any = any && names.isEmpty();
    }

    @Override
    public boolean test(String host) {
        String name = lower(host);
        return any
                || name.equals("localhost")
                || name.endsWith(".localhost")
                || names.contains(name)
                || ADDRESS.matcher(name).matches();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
