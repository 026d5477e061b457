// Reads the api every few seconds, listens to the events of the chosen station, and shows both. If the api does not answer,
// the page keeps the last data and marks it.

import { delays, enough, errorAt, findings, nominal, SERVED } from './attention.js';
import { element, keep, link, replace, row, table } from './elements.js';
import { drawForecast, ForecastPlot } from './forecast.js';
import { showModels, showTrainings } from './models.js';
import { showSimulators } from './simulator.js';
import { Series } from './series.js';
import { skillPicture } from './skill.js';
import * as source from './source.js';
import { ErrorPlot, progress, Story } from './story.js';
import { ago, amount, faultName, fixed, moment, readable, seconds, span, stateName } from './words.js';

const PERIOD = 3000, DRAW = 500, LATER = 15_000;
/** Number of stations up to which the errors of all models are judged, not only of what is served. */
const FEW_STATIONS = 25;
const MOST_FINDINGS = 4;

const at = id => document.getElementById(id);
const loaded = { time: null, failed: null, reason: '' };
/** The newest replies. */
const known = { status: null, stations: [], trainings: null };
/** What is shown: from the address, or chosen. */
const chosen = Object.assign({ pipeline: '', name: '', feature: '', model: SERVED, horizon: 0, beside: '' }, fromAddress());
const stories = new Map();
let delayed = new Map();
let paused = false;
let series = null;
let besides = null;
let leave = () => {};
let dirty = true;

const forecastPlot = new ForecastPlot(at('plot'));
const errorPlot = new ErrorPlot(at('error-plot'));

async function refresh() {
  const replies = await Promise.all([source.status(), source.latest(known.stations.length <= FEW_STATIONS ? 'all' : SERVED),
    source.trainings(), source.simulators()]).catch(lost);
  if (replies) {
    loaded.time = Date.now();
    loaded.failed = null;
    [known.status, known.stations, known.trainings, known.simulators] = replies;
    try {
      show();
    } catch (failure) {
      loaded.failed = Date.now();
      loaded.reason = `This page cannot show the api's reply: ${failure.message}.`;
      console.error(failure);
    }
  }
  showFreshness();
}

function lost(failure) {
  const reason = failure.name === 'TimeoutError' ? 'it does not answer in time' : failure.message;
  loaded.failed ??= Date.now();
  loaded.reason = `The api cannot be reached since ${moment(new Date(loaded.failed).toISOString())} (${reason}).`;
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

function show() {
  const { status, stations } = known;
  const now = Date.parse(status.time);
  delayed = delays(status, stations, delayed);
  showFindings(findings(status, stations, delayed));
  showChoosers();
  follow();
  takeOver(now);
  draw();
  replace(at('stations'), stations.map(station => stationCard(station, now)));
  showModels(at('models'), status, known.trainings, now);
  showTrainings(at('trainings'), known.trainings, status.trainer, now);
  showSimulators(at('simulator'), known.simulators);
  replace(at('checks'), status.checks.map(check => row(check.name,
    element('span', { class: `state ${check.ok ? 'calm' : 'drift'}` }, check.ok ? 'ok' : 'not ok'),
    `${moment(check.since)} (${ago(check.since, now)})`, check.detail)));
  at('started').textContent = `This service was started ${moment(status.startedAt)}, ${ago(status.startedAt, now)}. `
    + 'All replicas show the same models, errors and states; the health is that of the replica that answered.';
  replace(at('links'), links(status));
}

function showFindings(found) {
  const problems = found.filter(f => f.level === 'bad' || f.level === 'odd');
  const well = found.every(f => f.level === 'info');
  const first = well ? element('li', { class: 'well' }, 'All is well: every forecast is better than persistence, and every station is calm.')
    : problems.length === 0 ? element('li', { class: 'open' }, 'No problem is known; see what cannot be judged yet.') : null;
  const items = found.map(f => element('li', { class: f.level }, f.text));
  const shown = problems.length > 0 ? Math.min(problems.length, MOST_FINDINGS) : 0;
  replace(at('findings'), [first, ...items.slice(0, shown)].filter(item => item !== null));
  at('further').hidden = items.length <= shown;
  at('further').firstElementChild.textContent = `${items.length - shown} more ${problems.length > shown ? 'problems and notes' : 'notes'}`;
  replace(at('further').lastElementChild, items.slice(shown));
  document.title = problems.length > 0 ? `(${problems.length}) AeroCast` : 'AeroCast';
}

const pipelineOf = name => known.status.pipelines.find(p => p.pipeline === name);
const stationOf = () => known.stations.find(s => s.pipeline === chosen.pipeline && s.station === chosen.name);
const targetOf = () => stationOf()?.targets.find(t => t.feature === chosen.feature);
const stepOf = pipeline => seconds(pipeline.cadence);

/** Keeps what is chosen valid, and offers the choices. */
function showChoosers() {
  const all = known.stations;
  if (!stationOf() && all.length > 0) {
    const first = known.status.pipelines.flatMap(p => all.filter(s => s.pipeline === p.pipeline))[0] ?? all[0];
    Object.assign(chosen, { pipeline: first.pipeline, name: first.station });
  }
  const pipeline = pipelineOf(chosen.pipeline);
  if (!pipeline) return;
  if (!pipeline.targets.includes(chosen.feature)) chosen.feature = pipeline.targets[0];
  if (!pipeline.horizons.includes(chosen.horizon)) chosen.horizon = pipeline.horizons[Math.floor((pipeline.horizons.length - 1) / 4)];
  const kinds = [SERVED, ...new Set(pipeline.models.map(m => m.model).toSorted())];
  if (!kinds.includes(chosen.model)) chosen.model = SERVED;
  if (!kinds.includes(chosen.beside) || chosen.beside === chosen.model) chosen.beside = '';
  offer(at('station'), all.map(s => [`${s.pipeline}/${s.station}`, `${s.station} (${s.pipeline})`]), `${chosen.pipeline}/${chosen.name}`);
  offer(at('feature'), pipeline.targets.map(t => [t, t]), chosen.feature);
  offer(at('horizon'), pipeline.horizons.map(h => [String(h), span(h * stepOf(pipeline))]), String(chosen.horizon));
  offer(at('model'), kinds.map(k => [k, k === SERVED ? `${k}, which is served` : k]), chosen.model);
  offer(at('beside'), [['', 'none'], ...kinds.filter(k => k !== chosen.model).map(k => [k, k])], chosen.beside);
}

function offer(select, options, value) {
  replace(select, options.map(([key, text]) => element('option', { value: key }, text)));
  if (select.value !== value) select.value = value;
}

const keyOf = ({ pipeline, name, feature, model }) => [pipeline, name, feature, model].join('/');

/** Listens to the events of what is chosen. */
function follow() {
  if (!stationOf() || (series && series.key === keyOf(chosen))) return;
  const pipeline = pipelineOf(chosen.pipeline);
  series = newSeries(chosen.model, pipeline);
  leave();
  const own = series;
  leave = source.listen(chosen, (kind, data) => own === series && heard(kind, data), () => prefill(own));
  prefill(own);
  // The errors of the newest forecasts reach the history later than the forecasts reach this page.
  setTimeout(() => own === series && prefill(own), LATER);
}

function newSeries(model, pipeline) {
  const made = new Series({ pipeline: chosen.pipeline, station: chosen.name, feature: chosen.feature, model, step: stepOf(pipeline) * 1000 });
  made.key = keyOf({ ...chosen, model });
  return made;
}

async function prefill(own) {
  const past = await source.history(own, chosen.horizon).catch(() => []);
  own.past(past);
  dirty = true;
}

function heard(kind, data) {
  const now = Date.now();
  const story = storyOf();
  if (kind === 'reading') {
    series.read(Date.parse(data.timestamp), data.readings[series.feature]);
    series.arrived(Date.parse(data.arrived), Date.parse(data.timestamp));
  } else if (kind === 'forecast' && data.feature === series.feature) {
    if (data.model === series.model) series.forecast(data);
    else if (data.model === chosen.beside) besides = series.normal(data);
  } else if (kind === 'drift' && (data.feature ?? series.feature) === series.feature) {
    story.drift(data);
  } else if (kind === 'signal') {
    story.signal(data);
  } else if (kind === 'swap') {
    story.swap(data, now);
  }
  if (['drift', 'signal', 'promotion', 'swap', 'training'].includes(kind)) soon();
  dirty = true;
}

let awaited = null;
/** Reads the rest anew soon after something has happened. */
function soon() {
  awaited ??= setTimeout(() => {
    awaited = null;
    if (!paused) refresh();
  }, 300);
}

function storyOf() {
  const key = `${chosen.pipeline}/${chosen.name}/${chosen.feature}`;
  if (!stories.has(key)) stories.set(key, new Story());
  return stories.get(key);
}

/** What the replies hold of the chosen series and its story. */
function takeOver(now) {
  const station = stationOf();
  const target = targetOf();
  if (!target || !series) return;
  target.recent.forEach(r => series.read(Date.parse(r.timestamp), r.value));
  const forecast = target.forecasts.find(f => f.model === series.model);
  if (forecast) series.forecast(forecast);
  const beside = target.forecasts.find(f => f.model === chosen.beside);
  besides = beside ? series.normal(beside) : null;
  series.arrived(Date.parse(station.arrived), Date.parse(station.observation.timestamp));
  const story = storyOf();
  if (target.drift.since && story.states.length === 0) {
    story.state(Date.parse(target.drift.since), target.drift.state);
  }
  const own = run => run.pipeline === chosen.pipeline && (!run.feature || run.feature === chosen.feature);
  const runs = known.trainings?.open ?? known.status.trainer?.runs ?? [];
  runs.filter(own).forEach(run => story.open(run, now));
  known.trainings?.ended.filter(own).forEach(run => story.ended(run));
  known.trainings?.signals.filter(own).forEach(signal => story.signal(signal));
  story.closeOthers(now);
  pipelineOf(chosen.pipeline).models.filter(m => m.feature === chosen.feature && m.swaps > 0).forEach(m => story.swap(m, now));
  dirty = true;
}

/** Draws the plots, at most a few times a second. */
function draw() {
  if (!dirty || !series || !known.status || document.hidden) return;
  dirty = false;
  const pipeline = pipelineOf(chosen.pipeline);
  const target = targetOf();
  if (!pipeline || !target) return;
  const view = { series, beside: besides, horizon: chosen.horizon, unit: target.unit, coverage: nominal(pipeline, chosen.feature),
    pipeline, step: stepOf(pipeline), station: chosen.name };
  drawForecast(view, forecastPlot, { headline: at('headline'), key: at('key'), note: at('made-by'), table: at('horizons') },
    target, Date.parse(known.status.time));
  const story = storyOf();
  errorPlot.draw(view, story);
  at('story-note').textContent = `${chosen.name} ${chosen.feature} in ${target.unit}: error of the forecasts `
    + `${span(chosen.horizon * view.step)} ahead (RMSE of the newest 50), by ${chosen.model} and by persistence. `
    + readable(driftNote(target.drift, stationOf(), view.step), Date.parse(known.status.time));
  story.list(at('events'), series, Date.parse(known.status.time));
  const runs = (known.trainings?.open ?? known.status.trainer?.runs ?? []).filter(run => run.pipeline === chosen.pipeline);
  replace(at('progress'), runs.map(run => element('p', { class: 'running' }, `Training for ${run.pipeline} (${run.reason}): ${progress(run)}.`)));
}

function driftNote(drift, { observation }, step) {
  if (!drift.since) return 'The errors have been calm since the start.';
  const duration = span((Date.parse(observation.timestamp) - Date.parse(drift.since)) / 1000);
  const by = drift.horizon ? ` (${drift.model}, ${span(drift.horizon * step)} ahead)` : '';
  return `${stateName(drift.state)} since ${moment(drift.since)}, for ${duration} of observations${by}: ${drift.reason}`;
}

function stationCard(station, now) {
  const pipeline = pipelineOf(station.pipeline);
  const { readings, timestamp } = station.observation;
  const open = element('button', { type: 'button', class: 'link', 'data-station': `${station.pipeline}/${station.station}` }, station.station);
  return element('article', { class: 'station', 'aria-label': `Station ${station.station}` },
    element('div', { class: 'head' }, element('h3', {}, open, ' ', badge(station.drift)),
      element('p', { class: 'reading' }, pipeline.features.filter(f => readings[f.name] !== undefined)
        .map(f => amount(readings[f.name], f.unit)).join(' · '))),
    element('p', { class: 'note' }, `${station.pipeline}; observed ${moment(timestamp)}, arrived ${ago(station.arrived, now)}`),
    element('div', { class: 'targets' }, ...station.targets.map(target => targetPicture(station, target, pipeline))));
}

function targetPicture(station, target, pipeline) {
  const errors = pipeline.horizons.map(h => errorAt(target, SERVED, h));
  return element('figure', { class: 'target' },
    element('figcaption', {}, element('span', {}, target.feature), ' ', badge(target.drift)),
    skillPicture(`${station.station} ${target.feature}`, pipeline.horizons, errors, enough, stepOf(pipeline)),
    evidence(target.drift));
}

/** The detector's numbers at the last change of the state. */
function evidence(drift) {
  const numbers = Object.entries(drift.evidence ?? {});
  return numbers.length === 0 ? null : element('details', {}, element('summary', {}, 'Evidence'),
    table(`Numbers at ${drift.since ? moment(drift.since) : 'the start'}`, ['Name', 'Value'],
      numbers.map(([name, value]) => row(name, fixed(value, 3)))));
}

/** The state of a target, with the name of a fault. */
const badge = drift => element('span', { class: `state ${drift.state}` },
  drift.fault ? `${stateName(drift.state)}: ${faultName(drift.fault)}` : stateName(drift.state));

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

/** What the address names after "#", as in `#noaa/KJFK/temperature/blend/6`. */
function fromAddress() {
  const [pipeline, name, feature, model, horizon] = location.hash.slice(1).split('/').map(decodeURIComponent);
  return pipeline && name ? { pipeline, name, feature: feature ?? '', model: model || SERVED, horizon: Number(horizon) || 0 } : {};
}

function choose(change) {
  const before = chosen.horizon;
  Object.assign(chosen, change);
  dirty = true;
  if (!known.status) return;
  showChoosers();
  history.replaceState(null, '', `#${[chosen.pipeline, chosen.name, chosen.feature, chosen.model, String(chosen.horizon)]
    .map(encodeURIComponent).join('/')}`);
  follow();
  if (series && chosen.horizon !== before) prefill(series);
  takeOver(Date.parse(known.status.time));
  draw();
}

at('station').addEventListener('change', event => choose(named(event.target.value)));
at('feature').addEventListener('change', event => choose({ feature: event.target.value }));
at('horizon').addEventListener('change', event => choose({ horizon: Number(event.target.value) }));
at('model').addEventListener('change', event => choose({ model: event.target.value }));
at('beside').addEventListener('change', event => choose({ beside: event.target.value }));
at('stations').addEventListener('click', event => {
  const name = event.target.dataset.station;
  if (name === undefined) return;
  choose(named(name));
  at('forecast').focus();
});

/** "noaa/KJFK" → its parts; the name of a station may hold a slash. */
function named(key) {
  const cut = key.indexOf('/');
  return { pipeline: key.slice(0, cut), name: key.slice(cut + 1) };
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
setInterval(() => paused || draw(), DRAW);
poll();
