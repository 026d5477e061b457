package io.aerocast.standalone;

/// The `aerocast` command.
public final class AeroCast {

    private AeroCast() {}

    public static void main(String[] args) {
        System.exit(0);
    }
}
