// Polls the api every few seconds and shows the replies. If it does not answer, the page keeps the last data and marks it.

import { delays, errorAt, findings, nominal, SERVED, someOf } from './attention.js';
import { element, keep, link, replace, row, table } from './elements.js';
import { plot } from './plot.js';
import { ago, amount, faultName, fixed, moment, percent, seconds, span, stateName } from './words.js';

const PERIOD = 3000, TIMEOUT = 8000;
const MOST_PLOTTED = 12;

const at = id => document.getElementById(id);
const loaded = { time: null, asked: null, failed: null, reason: '' };
/** Stations whose plots the user has opened or closed. */
const opened = new Map();
let delayed = new Map();
let paused = false;
/** The kind of model whose forecasts are shown. */
let chosen = SERVED;

async function refresh() {
  const kind = chosen;
  const replies = await Promise.all([ask('/status'), ask(`/latest?model=${SERVED}`),
    kind === SERVED ? null : ask(`/latest?model=${encodeURIComponent(kind)}`)]).catch(failure => lost(failure));
  if (replies) {
    loaded.time = Date.now();
    loaded.failed = null;
    try {
      show(replies[0], replies[1].stations, (replies[2] ?? replies[1]).stations, kind);
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

/**
 * @param served the stations with what is served by default, which is judged
 * @param stations the same with the kind of model that is shown
 */
function show(status, served, stations, kind) {
  const now = Date.parse(status.time);
  delayed = delays(status, served, delayed);
  showFindings(findings(status, served, delayed));
  showKinds(status);
  keep(at('pipelines'), status.pipelines, p => p.pipeline, createPipeline)
    .forEach((section, i) => showPipeline(section, status.pipelines[i], stations, kind, status.trainer, now));
  replace(at('checks'), status.checks.map(check => row(check.name,
    element('span', { class: `state ${check.ok ? 'calm' : 'drift'}` }, check.ok ? 'ok' : 'not ok'),
    `${moment(check.since)} (${ago(check.since, now)})`, check.detail)));
  at('started').textContent = `This service was started ${moment(status.startedAt)}, ${ago(status.startedAt, now)}. `
    + 'All replicas show the same models, errors and states; the health is that of the replica that answered.';
  replace(at('links'), links(status));
}

function showFindings(found) {
  const well = found.every(f => f.level === 'info');
  replace(at('findings'), [well ? element('li', { class: 'well' }, 'All is well.') : null,
    ...found.map(f => element('li', { class: f.level }, f.text))].filter(item => item !== null));
  const problems = found.filter(f => f.level === 'bad' || f.level === 'odd').length;
  document.title = problems > 0 ? `(${problems}) AeroCast` : 'AeroCast';
}

function showKinds(status) {
  const kinds = [SERVED, ...new Set(status.pipelines.flatMap(p => p.models).map(m => m.model).toSorted())];
  keep(at('model'), kinds, kind => kind, kind => element('option', { value: kind }, kind));
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

function showPipeline(section, pipeline, stations, kind, trainer, now) {
  const [, note, cards, models] = section.children;
  const own = stations.filter(s => s.pipeline === pipeline.pipeline).toSorted(mostSevereFirst);
  const step = seconds(pipeline.cadence);
  note.textContent = `${pipeline.targets.join(', ')}: a reading every ${span(step)}, `
    + `forecast ${ahead(pipeline, step)} from the newest ${pipeline.lookback}`
    + `${own.length > 1 ? `; ${own.length} stations, the most severe first` : ''}`;
  keep(cards, own, keyOf, createStation)
    .forEach((card, i) => showStation(card, own[i], pipeline, kind, step, now, i < MOST_PLOTTED));
  replace(models, [table(`Models that serve ${pipeline.pipeline}`,
    ['Target', 'Kind', 'Version', 'From', 'Trained', 'On data', 'Serves since', 'Swaps'],
    pipeline.models.map(model => row(model.feature, model.model, element('code', {}, model.version),
      origin(model, pipeline, trainer),
      `${moment(model.trainedAt)} (${ago(model.trainedAt, now)})`,
      `${moment(model.trainedFrom)} to ${moment(model.trainedTo)}`,
      `${moment(model.since)} (${ago(model.since, now)})`, String(model.swaps)))),
  element('p', { class: 'note' }, 'Swaps: models that replaced another one since the start of this service. ',
    pipeline.runs ? link(pipeline.runs, 'All trainings in MLflow') : null)]);
}

/** Where a model comes from, and whether it is still compared with the one before. */
function origin(model, pipeline, trainer) {
  if (model.shipped) return 'shipped with AeroCast';
  if (model.restored) return 'trained here, restored by a rollback';
  const probation = trainer?.probation?.find(p => p.pipeline === pipeline.pipeline && p.version === model.version
    && p.feature === model.feature && p.model === model.model);
  return probation ? `trained here, on probation: ${probation.gridTimes} of ${probation.of} grid times` : 'trained here';
}

function ahead(pipeline, step) {
  const first = span(pipeline.horizons[0] * step);
  const last = span(pipeline.horizons.at(-1) * step);
  return first === last ? `${first} ahead` : `${first} to ${last} ahead`;
}

const SEVERITY = ['sensor-fault', 'drift', 'degraded', 'warning', 'calm'];
const mostSevereFirst = (a, b) => SEVERITY.indexOf(a.drift.state) - SEVERITY.indexOf(b.drift.state)
  || a.station.localeCompare(b.station);

function createStation(station) {
  const details = element('details', {}, element('summary', {}, 'Forecasts and errors'), element('div', { class: 'targets' }));
  details.firstChild.addEventListener('click', () => opened.set(keyOf(station), !details.open));
  details.addEventListener('toggle', () => details.open && details.fill?.());
  return element('article', { class: 'station', 'aria-label': `Station ${station.station}` },
    element('div', { class: 'head' }), details);
}

function showStation(card, station, pipeline, kind, step, now, plotted) {
  const [head, details] = card.children;
  const { readings, timestamp } = station.observation;
  replace(head, [
    element('h3', {}, station.station, ' ', badge(station.drift)),
    element('p', { class: 'reading' }, ...pipeline.features.filter(f => readings[f.name] !== undefined).map((f, i) =>
      element(i === 0 ? 'strong' : 'span', {}, `${i === 0 ? '' : ` ${f.name} `}${amount(readings[f.name], f.unit)}`))),
    element('p', { class: 'note' }, `observed ${moment(timestamp)}, arrived ${ago(station.arrived, now)}`)]);
  details.open = opened.get(keyOf(station)) ?? plotted;
  details.fill = () => keep(details.lastChild, station.targets, target => target.feature, createTarget)
    .forEach((section, i) => showTarget(section, station.targets[i], station, pipeline, kind, step));
  if (details.open) details.fill();
}

/** The state of a target, with the name of a fault. */
const badge = drift => element('span', { class: `state ${drift.state}` },
  drift.fault ? `${stateName(drift.state)}: ${faultName(drift.fault)}` : stateName(drift.state));

function createTarget(target) {
  const all = element('details', {}, element('summary', {}, 'All horizons'), element('div', {}));
  all.addEventListener('toggle', () => all.open && all.fill());
  return element('section', { class: 'target', 'aria-label': `Target ${target.feature}` },
    element('h4', {}), element('p', { class: 'drift-note' }),
    element('figure', {}, element('div', {}), element('figcaption', { class: 'note' })),
    element('div', {}), all,
    element('details', {}, element('summary', {}, 'Evidence of the drift detection'), element('div', {})));
}

function showTarget(section, target, station, pipeline, kind, step) {
  const [title, note, figure, few, all, evidence] = section.children;
  const forecast = target.forecasts.find(f => f.model === kind);
  replace(title, [target.feature, ' ', badge(target.drift)]);
  note.textContent = driftNote(target.drift, station, step);
  figure.hidden = !forecast;
  if (forecast) showForecast(figure, forecast, target, pipeline, step);
  few.hidden = !forecast && target.errors.length === 0;
  const chosenHorizons = someOf(pipeline.horizons);
  const cells = h => horizonCells(h, forecast, target, kind, step);
  replace(few, [table(`${kind}, in ${target.unit}; ${evaluations(target, kind)}`, HEADINGS.slice(0, -1),
    chosenHorizons.map(h => row(...cells(h).slice(0, -1))))]);
  all.hidden = few.hidden || chosenHorizons.length === pipeline.horizons.length;
  all.fill = () => replace(all.lastChild, [table(`${kind}, all horizons, in ${target.unit}`, HEADINGS,
    pipeline.horizons.map(h => row(...cells(h))))]);
  if (all.open) all.fill();
  showEvidence(evidence, target.drift);
}

const HEADINGS = ['Ahead', 'Forecast', 'Interval', 'Skill', 'Held', 'RMSE', 'Persistence'];

function showForecast(figure, forecast, target, pipeline, step) {
  const coverage = nominal(pipeline, target.feature);
  replace(figure.firstChild, [plot(recent(target, forecast, pipeline, step), forecast, target.unit, coverage)]);
  figure.lastChild.textContent = `${target.feature} in ${target.unit}: readings, then the forecast of ${forecast.model} `
    + `${forecast.modelVersion} from ${moment(forecast.origin)} with its ${percent(coverage)} prediction interval`
    + `${forecast.extrapolating ? '; extrapolating' : ''}`;
}

function evaluations(target, kind) {
  const errors = target.errors.filter(e => e.model === kind && e.source === 'matched');
  if (errors.length === 0) return 'no forecast has come true yet';
  return `errors of up to ${Math.max(...errors.map(e => e.count))} forecasts that have come true`;
}

function driftNote(drift, { observation }, step) {
  if (!drift.since) return 'The errors have been calm since the start.';
  const duration = span((Date.parse(observation.timestamp) - Date.parse(drift.since)) / 1000);
  const by = drift.horizon ? ` (${drift.model}, ${span(drift.horizon * step)} ahead)` : '';
  return `${stateName(drift.state)} since ${moment(drift.since)}, for ${duration} of observations${by}: ${drift.reason}`;
}

/** The detector's numbers at the last change of the state. */
function showEvidence(details, drift) {
  const numbers = Object.entries(drift.evidence ?? {});
  details.hidden = numbers.length === 0;
  replace(details.lastChild, [table(`Numbers at ${drift.since ? moment(drift.since) : 'the start'}`, ['Name', 'Value'],
    numbers.map(([name, value]) => row(name, fixed(value, 3))))]);
}

/** The readings of one lookback: a longer past would make the forecast unreadable. */
function recent(target, forecast, pipeline, step) {
  const from = Date.parse(forecast.origin) - pipeline.lookback * step * 1000;
  const to = Date.parse(forecast.origin) + step * 500;
  return target.recent.filter(r => Date.parse(r.timestamp) >= from && Date.parse(r.timestamp) <= to);
}

/** One cell per heading. */
function horizonCells(horizon, forecast, target, kind, step) {
  const at = forecast?.horizons.find(f => f.horizon === horizon);
  const error = errorAt(target, kind, horizon);
  const known = (value, text) => value === undefined ? '–' : text(value);
  return [span(horizon * step),
    known(at, f => fixed(f.value, 1)),
    known(at, f => `${fixed(f.lower, 1)} to ${fixed(f.upper, 1)}`),
    known(error?.skill, v => element('span', { class: v <= 0 ? 'poor' : '' }, percent(v))),
    known(error?.coverage, v => percent(v)),
    known(error, e => fixed(e.rmse, 2)),
    known(error?.persistenceRmse, v => fixed(v, 2))];
}

at('model').addEventListener('change', event => {
  chosen = event.target.value;
  if (!paused) refresh();
});

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
