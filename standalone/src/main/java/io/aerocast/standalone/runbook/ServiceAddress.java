package io.aerocast.standalone.runbook;

import java.net.URI;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the address of a service from a command line.
final class ServiceAddress implements ITypeConverter<URI> {

    @Override
    public URI convert(String text) {
        try {
            URI address = URI.create(text);
            if (address.getScheme() != null && address.getScheme().matches("https?") && address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException _) {
            // reported below
        }
        throw new TypeConversionException("expected an address like http://127.0.0.1:8003, found '" + text + "'");
    }
}
