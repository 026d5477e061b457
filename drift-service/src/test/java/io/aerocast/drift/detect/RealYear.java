package io.aerocast.drift.detect;

import io.aerocast.event.Observation;
import io.aerocast.observation.ObservationFile;
import io.aerocast.pipeline.Pipelines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The hourly temperatures of John F. Kennedy airport in 2013, with their gaps and their spike, as shipped with the
/// ingest service.
final class RealYear {

    private static final Path FILE = Path.of(
                    "..", "ingest-service", "src", "main", "resources", "io", "aerocast", "ingest", "source")
            .resolve("KJFK-2013.csv.gz");
    private static final int LAGS = 24;

    private final Instant start;

    /// In °C, by hour; `NaN` where a reading is missing.
    private final double[] temperatures;

    private RealYear(Instant start, double[] temperatures) {
        this.start = start;
        this.temperatures = temperatures;
    }

    static RealYear read() throws IOException {
        List<Observation> year =
                ObservationFile.read(FILE, Pipelines.builtIn().require("noaa")).observations();
        Instant start = year.getFirst().timestamp();
        double[] temperatures = new double[hour(start, year.getLast()) + 1];
        Arrays.fill(temperatures, Double.NaN);
        for (Observation observation : year) {
            temperatures[hour(start, observation)] = observation.readings().getOrDefault("temperature", Double.NaN);
        }
        return new RealYear(start, temperatures);
    }

    /// Persistence: the current temperature as the forecast of the next hour.
    List<ForecastOutcome> persistence() {
        return outcomes(1, t -> temperatures[t - 1]);
    }

    /// Forecasts of the next hour by a linear model of the last 24 temperatures, fitted on the first third of the
    /// year.
    List<ForecastOutcome> autoregression() {
        double[] filled = temperatures.clone();
        for (int t = 1; t < filled.length; t++) {
            filled[t] = Double.isNaN(filled[t]) ? filled[t - 1] : filled[t];
        }
        double[] weights = fitted(filled, filled.length / 3);
        return outcomes(LAGS, t -> filled[t - 1] + dot(weights, features(filled, t)));
    }

    @FunctionalInterface
    private interface Forecaster {

        double forecast(int hour);
    }

    private List<ForecastOutcome> outcomes(int from, Forecaster model) {
        List<ForecastOutcome> outcomes = new ArrayList<>();
        for (int t = from; t < temperatures.length; t++) {
            if (!Double.isNaN(temperatures[t]) && !Double.isNaN(temperatures[t - 1])) {
                Instant at = start.plusSeconds(3600L * t);
                outcomes.add(new ForecastOutcome(at, "v1", model.forecast(t), temperatures[t], temperatures[t - 1]));
            }
        }
        return outcomes;
    }

    private double[] fitted(double[] filled, int until) {
        double[][] normal = new double[LAGS + 1][LAGS + 2];
        for (int t = LAGS; t < until; t++) {
            double[] x = features(filled, t);
            double y = filled[t] - filled[t - 1];
            for (int i = 0; i <= LAGS; i++) {
                for (int j = 0; j <= LAGS; j++) {
                    normal[i][j] += x[i] * x[j];
                }
                normal[i][LAGS + 1] += x[i] * y;
            }
        }
        for (int i = 0; i <= LAGS; i++) {
            normal[i][i] += 1;
        }
        return solved(normal);
    }

    /// The constant, the level, and the differences of the level to the hours before it.
    private static double[] features(double[] filled, int t) {
        double[] x = new double[LAGS + 1];
        x[0] = filled[t - 1];
        for (int lag = 1; lag < LAGS; lag++) {
            x[lag] = filled[t - 1 - lag] - filled[t - 1];
        }
        x[LAGS] = 1;
        return x;
    }

    /// Gauss-Jordan elimination of a positive definite system.
    private static double[] solved(double[][] a) {
        int n = a.length;
        for (int i = 0; i < n; i++) {
            for (int row = 0; row < n; row++) {
                double factor = row == i ? 0 : a[row][i] / a[i][i];
                for (int column = i; column <= n; column++) {
                    a[row][column] -= factor * a[i][column];
                }
            }
        }
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = a[i][n] / a[i][i];
        }
        return x;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static int hour(Instant start, Observation observation) {
        long seconds = observation.timestamp().getEpochSecond() - start.getEpochSecond();
        return (int) ((seconds + 1800) / 3600);
    }
}
