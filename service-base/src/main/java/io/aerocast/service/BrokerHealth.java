package io.aerocast.service;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Readiness that depends on the broker. Not part of liveness: a restart of the service does not bring a broker
/// back.
final class BrokerHealth implements HealthIndicator {

    private final TopicProvisioner provisioner;

    BrokerHealth(TopicProvisioner provisioner) {
        this.provisioner = provisioner;
    }

    @Override
    public Health health() {
        Health.Builder health = provisioner.connected() && provisioner.ready() ? Health.up() : Health.outOfService();
        return health.withDetail("brokers", provisioner.brokers()).build();
    }
}
