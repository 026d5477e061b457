package io.aerocast.service;

import org.springframework.context.ApplicationEvent;

/// The broker is connected and every topic exists: consumers may start. Published once, and again after a failure
/// of a listener, so a listener that has already started ignores the repetition.
public final class TopicsReady extends ApplicationEvent {

    private static final long serialVersionUID = 1L;

    TopicsReady(Object source) {
        super(source);
    }
}
