package io.aerocast.service;

import org.springframework.context.ApplicationEvent;

/// The broker was reached and every topic exists: consumers may start.
public final class TopicsReady extends ApplicationEvent {

    private static final long serialVersionUID = 1L;

    TopicsReady(Object source) {
        super(source);
    }
}
