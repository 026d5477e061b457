package io.aerocast.standalone.runbook;

import io.aerocast.standalone.client.Trainer;
import io.aerocast.standalone.runtime.CommandFailure;
import java.io.IOException;
import java.net.URI;
import picocli.CommandLine.Option;

/// The option `--trainer`: the address of a running trainer.
final class TrainerOption {

    @Option(
            names = "--trainer",
            paramLabel = "URL",
            converter = ServiceAddress.class,
            defaultValue = "http://127.0.0.1:${env:AEROCAST_TRAINER_PORT:-8002}",
            description = "Address of the trainer (default: ${DEFAULT-VALUE}).")
    private URI url = URI.create("http://127.0.0.1:8002");

    /// A request to the trainer.
    ///
    /// @param <T> type of the reply
    interface Request<T> {

        T send(Trainer trainer) throws IOException, InterruptedException;
    }

    /// Sends a request.
    ///
    /// @param failure start of the message if it fails, such as `Cannot roll back`
    /// @throws CommandFailure if the trainer does not reply or replies with an error
    <T> T ask(String failure, Request<T> request) {
        try (Trainer trainer = new Trainer(url)) {
            return request.send(trainer);
        } catch (IOException e) {
            throw new CommandFailure("%s: %s".formatted(failure, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(
                    "Interrupted before the trainer replied; 'aerocast runs' lists which version serves", e);
        }
    }
}
