package io.aerocast.service;

import org.springframework.context.ApplicationEvent;

/// The broker was reached and every topic exists: consumers may start. Published once; after a failure of a
/// listener again, so a listener that has started does nothing when it hears of it anew.
public final class TopicsReady extends ApplicationEvent {

    private static final long serialVersionUID = 1L;

    TopicsReady(Object source) {
        super(source);
    }
}
