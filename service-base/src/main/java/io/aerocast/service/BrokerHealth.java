package io.aerocast.service;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Readiness by the broker; never part of liveness, since a restart does not bring a broker back.
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
