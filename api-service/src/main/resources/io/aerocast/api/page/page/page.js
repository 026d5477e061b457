// Polls the api every few seconds and shows the replies. If it does not answer, the page keeps the last data and marks it.

import { delays, findings } from './attention.js';
import { element, keep, link, replace, row, table } from './elements.js';
import { plot } from './plot.js';
import { ago, amount, fixed, moment, percent, seconds, span, stateName } from './words.js';

const PERIOD = 3000, TIMEOUT = 8000;
const MOST_PLOTTED = 12, SHOWN_HORIZONS = 4;

const at = id => document.getElementById(id);
const loaded = { time: null, asked: null, failed: null, reason: '' };
/** Stations whose plots the user has opened or closed. */
const opened = new Map();
let delayed = new Map();
let paused = false;

async function refresh() {
  const replies = await Promise.all([ask('/status'), ask('/latest')]).catch(failure => lost(failure));
  if (replies) {
    loaded.time = Date.now();
    loaded.failed = null;
    try {
      show(replies[0], replies[1].stations);
    } catch (failure) {
      loaded.failed = Date.now();
      loaded.reason = `This page cannot show the api's reply: ${failure.message}.`;
    }
  }
  showFreshness();
}

function lost(failure) {
  const reason = failure.name === 'TimeoutError' ? `no answer within ${TIMEOUT / 1000} s` : failure.message;
  loaded.failed ??= Date.now();
  loaded.reason = `The api cannot be reached since ${moment(new Date(loaded.failed).toISOString())} (${reason}).`;
}

async function ask(path) {
  const reply = await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT) });
  if (!reply.ok) throw new Error(`${path} answers ${reply.status}`);
  return reply.json();
}

function showFreshness() {
  const age = loaded.time === null ? null : span((Date.now() - loaded.time) / 1000);
  const stale = loaded.failed !== null;
  at('unreachable').hidden = !stale;
  at('shown').classList.toggle('stale', stale);
  document.documentElement.classList.toggle('lost', stale);
  if (stale) {
    // Without the age, so that a screen reader does not announce it every second.
    at('unreachable').textContent = `${loaded.reason} ${age === null ? 'No data could be loaded yet.'
      : 'The page shows the last data.'} It tries again automatically.`;
    document.title = '✕ AeroCast';
  }
  at('freshness').textContent = age === null ? 'No data yet' : `As of ${age} ago${paused ? ', paused' : ''}`;
}

function show(status, stations) {
  const now = Date.parse(status.time);
  delayed = delays(status, stations, delayed);
  showFindings(findings(status, stations, delayed));
  keep(at('pipelines'), status.pipelines, p => p.pipeline, createPipeline)
    .forEach((section, i) => showPipeline(section, status.pipelines[i], stations, now));
  replace(at('checks'), status.checks.map(check => row(check.name,
    element('span', { class: `state ${check.ok ? 'calm' : 'drift'}` }, check.ok ? 'ok' : 'not ok'),
    `${moment(check.since)} (${ago(check.since, now)})`, check.detail)));
  at('started').textContent = `This service was started ${moment(status.startedAt)}, ${ago(status.startedAt, now)}. `
    + 'All replicas show the same models, errors and states; the health is that of the replica that answered.';
  replace(at('links'), links(status));
}

function showFindings(found) {
  replace(at('findings'), found.length > 0
    ? found.map(f => element('li', { class: f.level }, f.text))
    : [element('li', { class: 'well' }, 'All is well.')]);
  document.title = found.length > 0 ? `(${found.length}) AeroCast` : 'AeroCast';
}

const keyOf = station => `${station.pipeline}/${station.station}`;

function links(status) {
  const { mlflow, grafana, prometheus } = status.links;
  return [
    ...status.pipelines.filter(p => p.runs).map(p => element('li', {},
      link(p.runs, `MLflow: ${p.pipeline}`), ' – its trainings with data, scores and verdicts')),
    grafana ? element('li', {}, link(grafana, 'Grafana'), ' – the history of errors, drift and trainings') : null,
    prometheus ? element('li', {}, link(prometheus, 'Prometheus'), ' – metrics of all services, and alerts') : null,
    mlflow || grafana || prometheus ? null : element('li', {}, 'No links to MLflow, Grafana or Prometheus are configured (',
      element('code', {}, 'aerocast.api.links'), ').'),
  ].filter(item => item !== null);
}

function createPipeline(pipeline) {
  const title = `pipeline-${pipeline.pipeline}`;
  return element('section', { class: 'pipeline', 'aria-labelledby': title },
    element('h2', { id: title }, `Pipeline ${pipeline.pipeline}`),
    element('p', { class: 'note' }), element('div', { class: 'stations' }), element('div', { class: 'models' }));
}

function showPipeline(section, pipeline, stations, now) {
  const [, note, cards, models] = section.children;
  const own = stations.filter(s => s.pipeline === pipeline.pipeline).toSorted(mostSevereFirst);
  const step = seconds(pipeline.cadence);
  note.textContent = `${pipeline.features[0].name} in ${pipeline.features[0].unit}, a reading every ${span(step)}, `
    + `forecast ${ahead(pipeline, step)} from the newest ${pipeline.lookback}`
    + `${own.length > 1 ? `; ${own.length} stations, the most severe first` : ''}`;
  keep(cards, own, keyOf, createStation)
    .forEach((card, i) => showStation(card, own[i], pipeline, step, now, i < MOST_PLOTTED));
  replace(models, [table(`Models that serve ${pipeline.pipeline}`,
    ['Kind', 'Version', 'From', 'Trained', 'On data', 'Serves since', 'Swaps'],
    pipeline.models.map(model => row(model.model, element('code', {}, model.version),
      model.shipped ? 'shipped with AeroCast' : 'trained here',
      `${moment(model.trainedAt)} (${ago(model.trainedAt, now)})`,
      `${moment(model.trainedFrom)} to ${moment(model.trainedTo)}`,
      `${moment(model.since)} (${ago(model.since, now)})`, String(model.swaps)))),
  element('p', { class: 'note' }, 'Swaps: models that replaced another one since the start of this service. ',
    pipeline.runs ? link(pipeline.runs, 'All trainings in MLflow') : null)]);
}

function ahead(pipeline, step) {
  const first = span(pipeline.horizons[0] * step);
  const last = span(pipeline.horizons.at(-1) * step);
  return first === last ? `${first} ahead` : `${first} to ${last} ahead`;
}

const SEVERITY = ['drift', 'sensor-fault', 'warning', 'calm'];
const mostSevereFirst = (a, b) => SEVERITY.indexOf(a.drift.state) - SEVERITY.indexOf(b.drift.state)
  || a.station.localeCompare(b.station);

function createStation(station) {
  const details = element('details', {}, element('summary', {}, 'Forecasts and errors'), element('div', { class: 'kinds' }));
  details.firstChild.addEventListener('click', () => opened.set(keyOf(station), !details.open));
  details.addEventListener('toggle', () => details.open && details.fill?.());
  return element('article', { class: 'station', 'aria-label': `Station ${station.station}` },
    element('div', { class: 'head' }), element('p', { class: 'drift-note' }), details);
}

function showStation(card, station, pipeline, step, now, plotted) {
  const [head, note, details] = card.children;
  const { readings, timestamp } = station.observation;
  const others = pipeline.features.slice(1).filter(f => readings[f.name] !== undefined)
    .map(f => `${f.name} ${amount(readings[f.name], f.unit)}`).join(', ');
  const reading = readings[station.target];
  replace(head, [
    element('h3', {}, station.station, ' ',
      element('span', { class: `state ${station.drift.state}` }, stateName(station.drift.state))),
    element('p', { class: 'reading' },
      element('strong', {}, reading === undefined ? `no ${station.target}` : amount(reading, station.unit)),
      ` ${others}`),
    element('p', { class: 'note' }, `observed ${moment(timestamp)}, arrived ${ago(station.arrived, now)}`)]);
  note.textContent = driftNote(station);
  details.open = opened.get(keyOf(station)) ?? plotted;
  details.fill = () => showKinds(details.lastChild, station, pipeline, step);
  if (details.open) details.fill();
}

function showKinds(parent, station, pipeline, step) {
  const kinds = pipeline.models.filter(m => station.forecasts.some(f => f.model === m.model));
  keep(parent, kinds, m => m.model, createKind)
    .forEach((kind, i) => showKind(kind, kinds[i], station, pipeline, step));
}

function driftNote({ drift, observation }) {
  if (!drift.since) return 'The errors have been calm since the start.';
  const duration = span((Date.parse(observation.timestamp) - Date.parse(drift.since)) / 1000);
  return `${stateName(drift.state)} since ${moment(drift.since)}, for ${duration} of observations: ${drift.reason}`;
}

function createKind(model) {
  const all = element('details', {}, element('summary', {}, 'All horizons'), element('div', {}));
  all.addEventListener('toggle', () => all.open && all.fill());
  return element('section', { class: 'kind', 'aria-label': `Model ${model.model}` },
    element('h4', {}), element('figure', {}, element('div', {}), element('figcaption', { class: 'note' })),
    element('div', {}), all);
}

function showKind(kind, model, station, pipeline, step) {
  const [title, figure, few, all] = kind.children;
  const forecasts = station.forecasts.filter(f => f.model === model.model);
  const together = forecasts.filter(f => f.origin === forecasts[0].origin); // the others follow shortly
  const rows = horizons => horizons.map(h => horizonRow(h, forecasts, station, model, step));
  const headings = ['Ahead', 'Forecast', 'Interval', 'Skill', 'Held', 'RMSE', 'Persistence'];
  const evaluated = station.errors.find(e => e.model === model.model && e.source === 'matched')?.count ?? 0;
  const errors = evaluated > 0 ? `errors of the newest ${evaluated} observed targets` : 'no target has been observed yet';
  const unit = station.unit;
  title.textContent = `${model.model} ${forecasts[0].modelVersion}`;
  replace(figure.firstChild, [plot(recent(station, together, pipeline, step), together, unit, model.coverage)]);
  figure.lastChild.textContent = `${station.target} in ${unit}: readings, then the forecast from `
    + `${moment(forecasts[0].origin)} with its ${percent(model.coverage)} prediction interval`;
  const chosen = someOf(pipeline.horizons);
  replace(few, [table(`${model.model}, in ${unit}; ${errors}`, headings, rows(chosen))]);
  all.hidden = chosen.length === pipeline.horizons.length;
  all.fill = () => replace(all.lastChild, [table(`${model.model}, all horizons, in ${unit}`, headings, rows(pipeline.horizons))]);
  if (all.open) all.fill();
}

/** The readings of one lookback: a longer past would make the forecast unreadable. */
function recent(station, forecasts, pipeline, step) {
  const from = Date.parse(forecasts[0].origin) - pipeline.lookback * step * 1000;
  const to = Date.parse(forecasts[0].origin) + step * 500;
  return station.recent.filter(r => Date.parse(r.timestamp) >= from && Date.parse(r.timestamp) <= to);
}

function someOf(horizons) {
  if (horizons.length <= SHOWN_HORIZONS) return horizons;
  return [0, 0.25, 0.5, 1].map(part => horizons[Math.max(0, Math.round(part * horizons.length) - 1)]);
}

function horizonRow(horizon, forecasts, station, model, step) {
  const forecast = forecasts.find(f => f.horizon === horizon);
  const error = station.errors.find(e => e.model === model.model && e.horizon === horizon && e.source === 'matched');
  const known = (value, text) => value === undefined ? '–' : text(value);
  return row(span(horizon * step),
    known(forecast, f => fixed(f.value, 1)),
    known(forecast, f => `${fixed(f.lower, 1)} to ${fixed(f.upper, 1)}`),
    known(error?.skill, v => element('span', { class: v < 0 ? 'poor' : '' }, percent(v))),
    known(error?.coverage, v => percent(v)),
    known(error, e => fixed(e.rmse, 2)),
    known(error?.persistenceRmse, v => fixed(v, 2)));
}

at('pause').addEventListener('click', () => {
  paused = !paused;
  at('pause').setAttribute('aria-pressed', String(paused));
  at('pause').textContent = paused ? 'Resume' : 'Pause';
  showFreshness();
});

async function poll() {
  if (!paused && !document.hidden) await refresh();
  setTimeout(poll, PERIOD);
}

document.addEventListener('visibilitychange', () => document.hidden || paused || refresh());
setInterval(showFreshness, 1000);
poll();
