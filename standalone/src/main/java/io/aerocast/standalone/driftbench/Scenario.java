package io.aerocast.standalone.driftbench;

import io.aerocast.event.Fault;
import io.aerocast.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A change of a station's readings, and what the detector should make of it.
///
/// @param title as in the table
/// @param feature name of the feature that changes, or `null` where all do
/// @param fault the fault that should be named, or `null` if it is none
/// @param drift whether drift is the right answer
/// @param window slots within which it should be found
record Scenario(
        String title, @Nullable String feature, @Nullable Fault fault, boolean drift, int window, Disturbance change) {

    private static final int DAY = 24;

    /// The scenarios of weather stations: temperature, wind speed and pressure, every hour.
    static List<Scenario> of(Pipeline pipeline) {
        String name = pipeline.target().name();
        List<Scenario> all = new ArrayList<>();
        all.add(drift("+12 °C over 24 h, held", name, 10 * DAY, Disturbance.ramp(0, 12, DAY)));
        all.add(drift("+0.05 °C a day", name, 14 * DAY, Disturbance.trend(0, 0.05 / DAY)));
        all.add(drift("+0.5 °C a day", name, 14 * DAY, Disturbance.trend(0, 0.5 / DAY)));
        all.add(fault("noise of 2 °C", name, Fault.NOISE, 10 * DAY, Disturbance.noise(0, 2)));
        all.add(fault("stuck for 24 h", name, Fault.STUCK, 3 * DAY, Disturbance.stuck(0, DAY)));
        all.add(fault("stuck for 72 h", name, Fault.STUCK, 3 * DAY, Disturbance.stuck(0, 3 * DAY)));
        all.add(fault("5 % spikes of 15 °C", name, Fault.SPIKES, 10 * DAY, Disturbance.spikes(0, 15, 0.05)));
        all.add(fault("readings in °F", name, Fault.UNIT_CHANGE, DAY, Disturbance.mapped(0, x -> 1.8 * x + 32)));
        all.add(fault("offset of +3 °C", name, Fault.OFFSET, 3 * DAY, Disturbance.offset(0, 3)));
        all.add(fault("offset of +8 °C", name, Fault.OFFSET, 3 * DAY, Disturbance.offset(0, 8)));
        all.add(fault("clock 1 h late", null, Fault.CLOCK_SHIFT, 14 * DAY, Disturbance.late(1)));
        all.add(fault("half of the readings lost", null, Fault.DROPOUT, 7 * DAY, Disturbance.dropout(0.6)));
        all.add(new Scenario("whole degrees", name, null, false, 14 * DAY, Disturbance.mapped(0, Math::rint)));
        if (pipeline.featureNames().contains("pressure")) {
            int pressure = pipeline.indexOf("pressure");
            all.add(fault("pressure +3 hPa", "pressure", Fault.OFFSET, 3 * DAY, Disturbance.offset(pressure, 3)));
        }
        if (pipeline.featureNames().contains("windspeed")) {
            int wind = pipeline.indexOf("windspeed");
            all.add(fault("wind stuck", "windspeed", Fault.STUCK, 3 * DAY, Disturbance.stuck(wind, 3 * DAY)));
        }
        return all;
    }

    private static Scenario drift(String title, String feature, int window, Disturbance change) {
        return new Scenario(title, feature, null, true, window, change);
    }

    private static Scenario fault(String title, @Nullable String feature, Fault fault, int window, Disturbance change) {
        return new Scenario(title, feature, fault, false, window, change);
    }
}
