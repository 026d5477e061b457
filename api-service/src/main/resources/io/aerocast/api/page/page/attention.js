// The findings of the page, derived from the replies of the api; independent of the page's elements.

import { amount, faultName, modelName, moment, percent, ranges, readable, seconds, span, stateName, trainedAt } from './words.js';

/** Minimum number of evaluations for a statement on errors. */
const ENOUGH = 50;
/**
 * Minimum number of independent ones for a statement that something is wrong: the errors of forecasts h steps ahead are
 * alike over h steps. Farther horizons than these are judged by the drift service, over weeks.
 */
const INDEPENDENT = 10;
const SLACK = 0.1;
/** Part by which the error of what is served may exceed that of one of its parts. */
const RIVAL = 0.05;
const SOME_STEPS = 3, SOME_HORIZONS = 4, MOST_LISTED = 9;
/** Seconds. */
const PATIENCE = 60;
/** Milliseconds. */
const DAY = 86_400_000;

const bad = text => ({ level: 'bad', text });
const odd = text => ({ level: 'odd', text });
/** Not known yet: neither a problem nor well. */
const open = text => ({ level: 'open', text });
/** No problem. */
const info = text => ({ level: 'info', text });
const LEVELS = ['bad', 'odd', 'open', 'info'];

/** The kind of model that is served by default, and judged here. */
export const SERVED = 'blend';

/** About four horizons: near, middle and far. */
export function someOf(horizons) {
  if (horizons.length <= SOME_HORIZONS) return horizons;
  return [0, 0.25, 0.5, 1].map(part => horizons[Math.max(0, Math.round(part * horizons.length) - 1)]);
}

/** The errors of a kind of model at a horizon that come from the drift service; undefined without any. */
export const errorAt = (target, model, horizon) =>
  target.errors.find(e => e.model === model && e.horizon === horizon && e.source === 'matched');

/** Nominal coverage of the intervals of a target. */
export const nominal = (pipeline, feature) => pipeline.models.find(m => m.feature === feature)?.coverage ?? 0.9;

/**
 * The stations whose forecasts lag behind their readings.
 *
 * @param before result of the previous call
 * @returns by station, the time since which this has been seen
 */
export function delays(status, stations, before) {
  const now = Date.parse(status.time);
  return new Map(stations.filter(station => forecastsOf(station).length > 0)
    .filter(station => behind(station) > Math.max(PATIENCE, SOME_STEPS * step(pipelineOf(station, status))))
    .map(nameOf).map(name => [name, before.get(name) ?? now]));
}

/**
 * @param stations with the errors of what is served
 * @param delayed result of `delays`
 * @returns sentences with a level, the most severe first; none above `info` only if every target of every station is
 *     known to be forecast with skill and within its intervals
 */
export function findings(status, stations, delayed) {
  const now = Date.parse(status.time);
  const found = [
    ...status.checks.filter(check => !check.ok)
      .map(check => bad(`${check.name}: ${check.detail}, since ${moment(check.since)}.`)),
    ...status.refused.map(r => bad(`${r.pipeline}: the ${r.model} of ${r.feature} that was published `
      + `${moment(r.publishedAt)} was refused: ${r.reason}. The model before it still serves.`)),
    ...status.pipelines.flatMap(pipeline => ofPipeline(pipeline, stations, now)),
    ...training(status.trainer),
    ...stations.flatMap(station => ofStation(station, status, now, delayed)),
  ];
  return found.map(({ level, text }) => ({ level, text: readable(text, now) })).sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
}

function ofPipeline(pipeline, stations, now) {
  const found = unjudged(pipeline, stations);
  pipeline.targets.filter(target => !pipeline.models.some(model => model.feature === target))
    .forEach(target => found.push(bad(`${pipeline.pipeline}: no model of ${target} serves before the first training.`)));
  pipeline.models.filter(model => model.restored && now - Date.parse(model.since) < DAY).forEach(model => found.push(info(
    `${pipeline.pipeline} ${model.feature}: ${modelName(model, now)}, serves again since ${moment(model.since)}; the one `
    + `${trainedAt(model.replaced) ? `of ${moment(trainedAt(model.replaced))}` : 'after it'} was rolled back.`)));
  if (!stations.some(station => station.pipeline === pipeline.pipeline)) {
    found.push(odd(`${pipeline.pipeline}: no observation has arrived yet. Is its source running?`));
  }
  return found;
}

/** Runs that wait; the trainer is absent unless its address is configured. */
function training(trainer) {
  if (!trainer) return [];
  if (!trainer.reachable) return [odd(`The trainer does not answer at ${trainer.url}: models are not retrained.`)];
  return trainer.runs.filter(run => run.since).map(run => info(
    `${run.pipeline}: a training (${run.reason}) has been waiting for data since ${moment(run.since)}, `
    + `${run.samples} of ${run.needed} grid times have arrived.`));
}

function ofStation(station, status, now, delayed) {
  const pipeline = pipelineOf(station, status);
  const name = nameOf(station);
  return [
    silence(name, station, pipeline, now),
    lag(name, station, now - (delayed.get(name) ?? now)),
    matching(name, station, pipeline),
    ...station.targets.flatMap(target => ofTarget(`${name} ${target.feature}`, target, pipeline)),
  ].filter(found => found !== null);
}

function ofTarget(name, target, pipeline) {
  const found = [drift(name, target.drift, pipeline)];
  if (!pipeline || !pipeline.models.some(model => model.feature === target.feature)) return found;
  if (target.forecasts.length === 0) {
    return [...found, odd(`${name}: no forecast yet. One needs ${pipeline.lookback} readings in a row.`)];
  }
  return [...found, extrapolation(name, target), ...accuracy(name, target, pipeline)];
}

const nameOf = station => `${station.pipeline}/${station.station}`;
const pipelineOf = (station, status) => status.pipelines.find(p => p.pipeline === station.pipeline);
const step = pipeline => pipeline ? seconds(pipeline.cadence) : Infinity;
const forecastsOf = station => station.targets.flatMap(target => target.forecasts);

/** Seconds of observations between the newest forecasts' origin and the newest reading. */
const behind = station => (Date.parse(station.observation.timestamp)
  - Math.max(...forecastsOf(station).map(f => Date.parse(f.origin)))) / 1000;

function drift(name, { state, since, reason, fault, model, horizon }, pipeline) {
  if (state === 'calm') return null;
  const what = fault ? `${stateName(state)}, ${faultName(fault)},` : stateName(state);
  const by = [model, horizon && pipeline ? `${span(horizon * step(pipeline))} ahead` : null].filter(part => part).join(', ');
  const text = `${name}: ${what} since ${moment(since)}${by ? ` (${by})` : ''}. ${reason}`;
  return state === 'warning' ? odd(text) : bad(text);
}

function silence(name, station, pipeline, now) {
  const quiet = (now - Date.parse(station.arrived)) / 1000;
  return quiet > Math.max(PATIENCE, SOME_STEPS * step(pipeline))
    ? bad(`${name}: silent. The last reading arrived ${moment(station.arrived)}; `
      + `one is due every ${span(step(pipeline))}.`)
    : null;
}

/** @param delay milliseconds since the forecasts began to lag */
function lag(name, station, delay) {
  return delay > PATIENCE * 1000
    ? odd(`${name}: the forecasts lag behind by ${span(behind(station))} of observations.`)
    : null;
}

/** Errors and drift states come from evaluations: without new ones, calm means nothing. */
function matching(name, station, pipeline) {
  const newest = station.targets.flatMap(target => target.errors).filter(e => e.source === 'matched')
    .map(e => Date.parse(e.newest));
  const quiet = (Date.parse(station.arrived) - Math.max(...newest)) / 1000;
  return newest.length > 0 && quiet > Math.max(PATIENCE, SOME_STEPS * step(pipeline))
    ? bad(`${name}: errors and drift are not monitored. No forecast has been compared with an observation since `
      + `${moment(new Date(Math.max(...newest)).toISOString())}; check the drift service.`)
    : null;
}

function extrapolation(name, target) {
  const served = target.forecasts.find(f => f.model === SERVED);
  return served?.extrapolating
    ? info(`${name}: the newest readings resemble no training data. The interval is widened.`)
    : null;
}

/** Whether an error is of enough independent forecasts to say that something is wrong. */
export const enough = error => error.skillCount >= Math.max(ENOUGH, INDEPENDENT * error.horizon);

function accuracy(name, target, pipeline) {
  const coverage = nominal(pipeline, target.feature);
  const at = horizon => `${span(horizon * step(pipeline))}`;
  const known = judged(target, pipeline, SERVED);
  const worse = known.filter(e => e.skill <= 0);
  const outside = known.filter(e => someOf(pipeline.horizons).includes(e.horizon) && Math.abs(e.coverage - coverage) > SLACK);
  const found = [];
  if (worse.length > 0) {
    const first = worse[0];
    found.push(odd(`${name}: not more accurate than persistence ${ahead(worse, pipeline)} (RMSE ${at(first.horizon)} ahead `
      + `${amount(first.rmse, target.unit, 2)} against ${amount(first.persistenceRmse, target.unit, 2)}).`));
  }
  if (outside.length > 0) {
    found.push(odd(`${name}: the intervals held ${outside.map(e => `${percent(e.coverage)} ${at(e.horizon)} ahead`)
      .join(', ')} instead of ${percent(coverage)} of the observed values. They adapt automatically.`));
  }
  return [...found, ...rivals(name, target, pipeline, known)];
}

const ahead = (errors, pipeline) => `${ranges(errors.map(e => e.horizon), pipeline.horizons, step(pipeline))} ahead`;

/** The errors of a kind of model at all horizons that can be judged. */
const judged = (target, pipeline, model) => pipeline.horizons.map(horizon => errorAt(target, model, horizon))
  .filter(error => error && error.skill !== undefined && enough(error));

/** What is served is held against each of its parts, and each part against persistence. */
function rivals(name, target, pipeline, served) {
  const parts = [...new Set(target.errors.map(e => e.model))].filter(model => model !== SERVED && model !== 'persistence');
  return parts.flatMap(model => {
    const errors = judged(target, pipeline, model);
    const better = served.filter(e => errors.some(part => part.horizon === e.horizon && e.rmse > part.rmse * (1 + RIVAL)));
    const poor = errors.filter(e => e.skill <= 0);
    return [
      better.length > 0 ? open(`${name}: the ${model} alone is more accurate than what is served, ${ahead(better, pipeline)}.`) : null,
      poor.length > 0 ? open(`${name}: the ${model} alone is not more accurate than persistence ${ahead(poor, pipeline)}. `
        + 'The blend gives it less weight there.') : null,
    ].filter(found => found !== null);
  });
}

/** The targets for which too few forecasts of the version that serves have come true, in one sentence. */
function unjudged(pipeline, stations) {
  const young = stations.filter(s => s.pipeline === pipeline.pipeline)
    .flatMap(station => station.targets.filter(target => target.forecasts.length > 0)
      .map(target => ({ name: `${station.station} ${target.feature}`,
        count: Math.min(...errorsOf(target, pipeline).map(e => e.skillCount)) })))
    .filter(({ count }) => count < ENOUGH);
  if (young.length === 0) return [];
  const listed = young.slice(0, MOST_LISTED).map(({ name, count }) => `${name} (${count})`).join(', ');
  const rest = young.length > MOST_LISTED ? ` and ${young.length - MOST_LISTED} more` : '';
  return [open(`${pipeline.pipeline}: not judged yet, because fewer than ${ENOUGH} forecasts by the version that serves `
    + `have come true: ${listed}${rest}.`)];
}

/** The errors of what is served at some horizons. */
const errorsOf = (target, pipeline) =>
  someOf(pipeline.horizons).map(horizon => errorAt(target, SERVED, horizon) ?? { horizon, skillCount: 0 });
