// The recent past of one station, for one target and one kind of model: readings, the forecasts made for them, and their
// errors. Times are milliseconds on the grid of the pipeline.

/** Number of readings and of forecasts to keep. */
const KEPT = 6000;
/** Number of errors in a rolling error: fewer than in the api, so that a change shows soon. */
export const WINDOW = 50;
/** Steps without an error from which the line is broken. */
const GAP = 24;
/** Number of errors from which a rolling error is shown. */
const FEW = 10;

export class Series {
  /**
   * @param step milliseconds of a step
   * @param features names of the pipeline's features
   */
  constructor({ pipeline, station, feature, model, step }) {
    Object.assign(this, { pipeline, station, feature, model, step });
    this.readings = new Map();
    this.forecasts = new Map();
    this.clock = [];
  }

  slot(time) {
    return Math.round(time / this.step) * this.step;
  }

  read(time, value) {
    if (value !== undefined && value !== null) put(this.readings, this.slot(time), value);
  }

  /** @param forecast an event, or the same of `GET /latest` with `horizons` as objects */
  forecast(forecast) {
    const made = this.normal(forecast);
    put(this.forecasts, made.at, made);
  }

  /** A forecast with its origin on the grid. */
  normal(forecast) {
    return { at: this.slot(Date.parse(forecast.origin)), model: forecast.model, version: forecast.modelVersion,
      persistence: forecast.persistence, extrapolating: forecast.extrapolating, ...columns(forecast) };
  }

  /** @param items of the api's history */
  past(items) {
    for (const { time, value, forecasts } of items) {
      this.read(Date.parse(time), value);
      forecasts.filter(made => made.persistenceError !== undefined && made.lower !== undefined)
        .forEach(made => this.#made(made, value));
    }
  }

  #made(made, actual) {
    const at = this.slot(Date.parse(made.origin));
    const known = this.forecasts.get(at) ?? { at, version: made.modelVersion, persistence: actual - made.persistenceError,
      horizons: [], value: [], lower: [], upper: [] };
    if (known.horizons.includes(made.horizon)) return;
    known.horizons.push(made.horizon);
    ['value', 'lower', 'upper'].forEach(column => known[column].push(made[column]));
    put(this.forecasts, at, known);
  }

  /** A time of the clock on the wall beside a time of observation; both in milliseconds. */
  arrived(wall, time) {
    this.clock.push({ wall, time });
    if (this.clock.length > KEPT) this.clock.splice(0, KEPT / 2);
  }

  /** The time of observation that was current at a time of the clock on the wall. */
  observed(wall) {
    const clock = this.clock;
    if (clock.length === 0) return wall;
    const after = clock.findIndex(pair => pair.wall >= wall);
    if (after > 0) return clock[after].time;
    const first = clock[0], last = clock.at(-1);
    if (after < 0) return last.time;
    const pace = last.wall > first.wall ? (last.time - first.time) / (last.wall - first.wall) : 1;
    return first.time - pace * (first.wall - wall);
  }

  get newest() {
    return Math.max(...this.readings.keys(), -Infinity);
  }

  get oldest() {
    return Math.min(...this.readings.keys(), Infinity);
  }

  /** The forecast from the newest origin. */
  ahead() {
    let newest = null;
    for (const forecast of this.forecasts.values()) if (!newest || forecast.at > newest.at) newest = forecast;
    return newest;
  }

  /** The forecast that was made for a time so many steps before; undefined if it is not known. */
  made(time, horizon) {
    const forecast = this.forecasts.get(time - horizon * this.step);
    const i = forecast ? forecast.horizons.indexOf(horizon) : -1;
    return i < 0 ? undefined : { value: forecast.value[i], lower: forecast.lower[i], upper: forecast.upper[i],
      persistence: forecast.persistence, version: forecast.version };
  }

  /** Rolling errors of the model and of persistence, oldest first. A new version does not inherit the errors before it. */
  errors(horizon) {
    const own = new Rolling(), still = new Rolling();
    const rows = [];
    let version = null, before = null;
    for (const time of [...this.readings.keys()].sort((a, b) => a - b)) {
      const made = this.made(time, horizon);
      if (!made) continue;
      if (before !== null && time - before > GAP * this.step) rows.push({ time: before + this.step });
      before = time;
      if (version !== null && made.version !== version) own.clear();
      version = made.version;
      const reading = this.readings.get(time);
      own.add(made.value - reading);
      still.add(made.persistence - reading);
      if (own.count >= FEW) rows.push({ time, rmse: own.rmse, persistence: still.rmse });
    }
    return rows;
  }
}

/** Root mean square of the newest errors. */
class Rolling {
  #squares = [];
  #sum = 0;

  add(error) {
    this.#squares.push(error ** 2);
    this.#sum += error ** 2 - (this.#squares.length > WINDOW ? this.#squares.shift() : 0);
  }

  clear() {
    this.#squares = [];
    this.#sum = 0;
  }

  get count() {
    return this.#squares.length;
  }

  get rmse() {
    return Math.sqrt(Math.max(0, this.#sum) / this.#squares.length);
  }
}

function columns({ horizons, value, lower, upper }) {
  if (typeof horizons[0] !== 'object') return { horizons, value, lower, upper };
  return { horizons: horizons.map(f => f.horizon), value: horizons.map(f => f.value), lower: horizons.map(f => f.lower),
    upper: horizons.map(f => f.upper) };
}

function put(map, key, value) {
  map.set(key, value);
  if (map.size > KEPT * 1.1) {
    [...map.keys()].sort((a, b) => a - b).slice(0, map.size - KEPT).forEach(old => map.delete(old));
  }
}
