package io.aerocast.service;

import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/// Work that begins once the topics exist and ends with the service. A stop is final, even if the work has not
/// begun: [TopicsReady] may arrive while the service stops.
public abstract class StartsWithTopics implements ApplicationListener<TopicsReady>, SmartLifecycle {

    private volatile boolean stopped;

    /// Begins the work. Called again if another listener of [TopicsReady] has failed: the second call has no
    /// effect.
    protected abstract void begin();

    /// Ends the work and waits for its end. Also called if the work has not begun.
    protected abstract void end();

    @Override
    public final synchronized void onApplicationEvent(TopicsReady ready) {
        if (!stopped) {
            begin();
        }
    }

    /// The work begins with [TopicsReady], which may arrive before or after this call.
    @Override
    public final void start() {}

    @Override
    public final void stop() {
        preventBeginning();
        // Outside the monitor: the thread that announces the topics must not wait for the end.
        end();
    }

    /// Returns after a beginning in progress.
    private synchronized void preventBeginning() {
        stopped = true;
    }

    /// Whether Spring still has to stop it.
    @Override
    public final boolean isRunning() {
        return !stopped;
    }
}
