// The forecast of the chosen station: the last readings, the forecasts that were made for them, and the forecast ahead.

import { band, border, Chart, line } from './chart.js';
import { element, replace, row, table } from './elements.js';
import { errorAt } from './attention.js';
import { amount, fixed, modelName, moment, percent, span } from './words.js';

/** Lookbacks of readings before the newest one, for pipelines of many horizons and of one. */
const PAST = 3, PAST_OF_ONE = 1.5;

export class ForecastPlot {
  constructor(parent) {
    this.chart = new Chart(parent, { label: 'Forecast', height: 380, head: 10,
      // A band is drawn over the series before its upper border: the lines come last.
      series: [border, border, border, border, line('made', { width: 1.5, dash: [5, 4] }), line('past'),
        line('accent', { width: 2.5, points: true }), line('beside', { width: 1.5, dash: [2, 3] })],
      bands: [band(2, 1, 'made-band'), band(4, 3, 'band')],
      read: index => this.read(index) });
    this.rows = [];
  }

  /** @param view what is chosen */
  draw(view) {
    this.view = view;
    this.rows = rowsOf(view);
    const label = `${view.station} ${view.series.feature} in ${view.unit} over time: readings, the forecasts made for them `
      + `${span(view.horizon * view.step)} before, and the forecast ahead. Arrow keys read the values.`;
    const columns = ['time', 'madeLower', 'madeUpper', 'lower', 'upper', 'made', 'reading', 'ahead', 'beside'];
    this.chart.show(columns.map(name => this.rows.map(r => name === 'time' ? r.time / 1000 : r[name] ?? null)), label);
  }

  read(index) {
    const { unit, horizon, step, coverage } = this.view;
    const r = this.rows[index ?? -1];
    if (!r) return `Point at the plot, or use the arrow keys, to read its values in ${unit}.`;
    const parts = [
      r.reading === undefined ? null : `reading ${amount(r.reading, unit)}`,
      r.made === undefined ? null : `forecast made ${span(horizon * step)} before ${amount(r.made, unit)} `
        + `(${fixed(r.madeLower, 1)} to ${fixed(r.madeUpper, 1)})`,
      r.lower === undefined || r.start ? null : `forecast ${amount(r.ahead, unit)}, with ${percent(coverage)} between `
        + `${fixed(r.lower, 1)} and ${amount(r.upper, unit)}`,
      r.beside === undefined || r.start ? null : `${this.view.beside.model} ${amount(r.beside, unit)}`,
    ].filter(part => part !== null);
    return `${moment(new Date(r.time).toISOString())}: ${parts.join('; ') || 'no reading'}`;
  }
}

/** One row for each time of the grid, from the past to the end of the forecast. */
function rowsOf({ series, beside, horizon, pipeline }) {
  const ahead = series.ahead();
  const now = present(series, ahead, pipeline);
  if (!Number.isFinite(now)) return [];
  const past = Math.round(pipeline.lookback * (pipeline.horizons.length > 1 ? PAST : PAST_OF_ONE));
  const from = Math.max(now - past * series.step, Math.min(series.oldest, now));
  const rows = new Map();
  const at = time => {
    if (!rows.has(time)) rows.set(time, { time });
    return rows.get(time);
  };
  for (let time = from; time <= now; time += series.step) {
    const r = at(time);
    r.reading = series.readings.get(time);
    const made = series.made(time, horizon);
    if (made) Object.assign(r, { made: made.value, madeLower: made.lower, madeUpper: made.upper });
  }
  if (ahead && ahead.at >= from) {
    Object.assign(at(ahead.at), { start: true, ahead: ahead.persistence, lower: ahead.persistence, upper: ahead.persistence });
    ahead.horizons.forEach((h, i) => Object.assign(at(ahead.at + h * series.step),
      { ahead: ahead.value[i], lower: ahead.lower[i], upper: ahead.upper[i] }));
    if (beside && beside.at >= from) {
      at(beside.at).beside = beside.persistence;
      beside.horizons.forEach((h, i) => { at(beside.at + h * series.step).beside = beside.value[i]; });
    }
  }
  return [...rows.values()].sort((a, b) => a.time - b.time);
}

/**
 * The time up to which readings are shown: a fast replay may be some readings ahead of its forecasts, and the plot waits for
 * them.
 */
function present(series, ahead, pipeline) {
  const late = ahead ? series.newest - ahead.at : Infinity;
  return late <= 2 * pipeline.lookback * series.step ? ahead.at : series.newest;
}

/** The plot with its headline, key, note and table. */
export function drawForecast(view, plot, places, target, now) {
  plot.draw(view);
  const { series, unit, horizon, step, coverage, pipeline } = view;
  const ahead = series.ahead();
  const i = ahead ? ahead.horizons.indexOf(horizon) : -1;
  const reading = series.readings.get(present(series, ahead, pipeline)) ?? series.readings.get(series.newest);
  replace(places.headline, [
    element('span', {}, `${view.station} ${series.feature}: `),
    element('strong', {}, reading === undefined ? 'no reading yet' : amount(reading, unit)), ' now',
    ...i < 0 ? [', no forecast yet'] : [', ', element('strong', { class: 'forecast' }, amount(ahead.value[i], unit)),
      ` in ${span(horizon * step)} `, element('span', { class: 'interval' }, `(${percent(coverage)} between `
        + `${fixed(ahead.lower[i], 1)} and ${amount(ahead.upper[i], unit)})`)]]);
  replace(places.key, [
    element('li', { class: 'past' }, 'readings'),
    element('li', { class: 'made' }, `forecasts made ${span(horizon * step)} before, with their intervals`),
    element('li', { class: 'ahead' }, `forecast ahead, with its ${percent(coverage)} interval`),
    view.beside ? element('li', { class: 'beside' }, `forecast ahead by ${view.beside.model}`) : null].filter(item => item !== null));
  places.note.textContent = note(view, ahead, now);
  replace(places.table, [horizonTable(view, ahead, target)]);
  if (pipeline.horizons.length === 1) places.table.parentElement.hidden = true;
  else places.table.parentElement.hidden = false;
}

function note({ series, pipeline, step }, ahead, now) {
  const models = pipeline.models.filter(m => m.feature === series.feature && (series.model === 'blend' || m.model === series.model));
  const names = models.map(m => modelName(m, now)).join('; ');
  return `A reading is due every ${span(step)}, and a forecast is made from the newest ${pipeline.lookback}. `
    + `${series.model === 'blend' ? `Blend of persistence and: ${names}` : `By ${names}`} (times in UTC). `
    + `${ahead ? `Made from the reading of ${moment(new Date(ahead.at).toISOString())}` : 'No forecast yet'}`
    + `${ahead?.extrapolating ? '; the newest readings resemble no training data, so the interval is widened' : ''}.`;
}

const HEADINGS = ['Ahead', 'Forecast', 'Interval', 'Skill', 'Held', 'RMSE', 'Persistence'];

function horizonTable({ series, unit, step, pipeline }, ahead, target) {
  const text = (value, words) => value === undefined ? '–' : words(value);
  return table(`${series.model}, in ${unit}; errors of the version that serves`, HEADINGS, pipeline.horizons.map(horizon => {
    const i = ahead ? ahead.horizons.indexOf(horizon) : -1;
    const error = errorAt(target, series.model, horizon);
    return row(span(horizon * step), i < 0 ? '–' : amount(ahead.value[i], unit),
      i < 0 ? '–' : `${fixed(ahead.lower[i], 1)} to ${fixed(ahead.upper[i], 1)}`,
      text(error?.skill, v => element('span', { class: v <= 0 ? 'poor' : '' }, percent(v))), text(error?.coverage, percent),
      text(error?.rmse, v => fixed(v, 2)), text(error?.persistenceRmse, v => fixed(v, 2)));
  }));
}
