package io.aerocast.standalone.runtime;

import io.aerocast.broker.EmbeddedBroker;
import io.aerocast.service.RootCause;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/// A Kafka broker and the four services in this JVM, on one data directory. Any thread may close it at any time,
/// also while it starts.
public final class Standalone implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Standalone.class);
    private static final long STOP_SECONDS = 5;
    private static final Duration START_WITHIN = Duration.ofMinutes(2);

    private final DataHome directory;
    private final Ports ports;
    private final DataHome.Lock lock;
    private final Map<Service, CompletableFuture<ConfigurableApplicationContext>> services = new ConcurrentHashMap<>();
    private volatile CompletableFuture<EmbeddedBroker> broker =
            CompletableFuture.failedFuture(new IllegalStateException("not started"));
    private boolean closed;

    /// Reserves the directory and settles the ports. Starts nothing yet.
    ///
    /// @throws CommandFailure if the directory or a port is in use
    public Standalone(DataHome directory, Ports wanted) {
        this.directory = directory;
        this.ports = wanted.settled();
        this.lock = directory.lock();
    }

    /// The ports, each 0 replaced by the chosen one.
    public Ports ports() {
        return ports;
    }

    /// Address of the broker.
    public String brokers() {
        return "127.0.0.1:" + ports.broker();
    }

    /// Starts the broker.
    ///
    /// @throws CommandFailure if it does not start; everything has been stopped then
    public void startBroker() {
        broker = CompletableFuture.supplyAsync(this::newBroker, Standalone::startThread);
        await("The broker", broker, System.nanoTime() + START_WITHIN.toNanos());
    }

    /// Starts the services in parallel.
    ///
    /// @param settings further Spring Boot arguments per service, such as `--aerocast.ingest.replay.enabled=true`
    /// @throws CommandFailure if one of them does not start; everything has been stopped then
    public void startServices(Map<Service, List<String>> settings) {
        startServices(settings, START_WITHIN);
    }

    /// Like [#startServices(Map)], with a time limit. Starts nothing if it is not positive.
    public void startServices(Map<Service, List<String>> settings, Duration within) {
        if (!within.isPositive()) {
            close();
            throw new CommandFailure("The services did not start in time");
        }
        long deadline = System.nanoTime() + within.toNanos();
        // Tomcat keeps the first server's temporary directory as the home of this JVM and removes it when that server
        // stops. The services of a second start would fail in their race to create it.
        System.setProperty("catalina.home", directory.root().toString());
        for (Service service : Service.values()) {
            String[] arguments = arguments(service, settings.getOrDefault(service, List.of()));
            services.put(
                    service, CompletableFuture.supplyAsync(() -> service.start(arguments), Standalone::startThread));
        }
        services.forEach((service, starting) -> await("The %s service".formatted(service.label()), starting, deadline));
    }

    /// Stops the services, then the broker, and releases the directory. Abandons what has not started yet.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        List<CompletableFuture<Void>> stopping = services.values().stream()
                .filter(s -> s.isDone() && !s.isCompletedExceptionally())
                .map(s -> s.thenAcceptAsync(ConfigurableApplicationContext::close, Standalone::startThread))
                .toList();
        awaitStop(CompletableFuture.allOf(stopping.toArray(CompletableFuture[]::new)));
        if (!broker.isCompletedExceptionally()) {
            awaitStop(broker.thenAcceptAsync(EmbeddedBroker::close, Standalone::startThread));
        }
        lock.close();
    }

    private EmbeddedBroker newBroker() {
        try {
            return EmbeddedBroker.start(directory.resolve("kafka"), ports.broker());
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private String[] arguments(Service service, List<String> settings) {
        List<String> all = new ArrayList<>(List.of(
                "--server.address=127.0.0.1",
                "--server.port=" + service.port(ports),
                "--spring.kafka.bootstrap-servers=" + brokers(),
                "--AEROCAST_DATA_DIR=" + directory.root(),
                // close() stops the services before the broker, without waiting for idle connections.
                "--spring.main.register-shutdown-hook=false",
                "--spring.lifecycle.timeout-per-shutdown-phase=2s"));
        if (service == Service.API) {
            all.add("--aerocast.api.trainer.url=http://127.0.0.1:" + ports.trainer());
            all.add("--aerocast.api.simulator.url=http://127.0.0.1:" + ports.ingest());
        }
        all.addAll(settings);
        return all.toArray(String[]::new);
    }

    private void await(String who, CompletableFuture<?> starting, long deadline) {
        try {
            starting.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            close();
            throw new CommandFailure("%s did not start in time".formatted(who), e);
        } catch (ExecutionException e) {
            log.atError().setCause(e).addKeyValue("who", who).log("start failed");
            close();
            throw new CommandFailure("%s did not start: %s".formatted(who, rootMessage(e)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new CommandFailure("%s was interrupted while it started".formatted(who), e);
        }
    }

    private static void awaitStop(CompletableFuture<Void> stop) {
        try {
            stop.get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException _) {
            log.atWarn().addKeyValue("seconds", STOP_SECONDS).log("the stop did not finish in time");
        } catch (ExecutionException e) {
            log.atWarn().setCause(e.getCause()).log("the stop failed");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void startThread(Runnable task) {
        Thread.ofPlatform().name("standalone").daemon().start(task);
    }

    private static String rootMessage(Throwable e) {
        Throwable root = RootCause.of(e);
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
