// The findings of the page, derived from the replies of the api; independent of the page's elements.

import { amount, moment, percent, seconds, span, stateName } from './words.js';

/** Minimum number of evaluations for a statement on errors. */
const ENOUGH = 50;
const SLACK = 0.1;
const SOME_STEPS = 3;
/** Seconds. */
const PATIENCE = 60;

const bad = text => ({ level: 'bad', text });
const odd = text => ({ level: 'odd', text });

/**
 * The stations whose forecasts lag behind their readings.
 *
 * @param before result of the previous call
 * @returns by station, the time since which this has been seen
 */
export function delays(status, stations, before) {
  const now = Date.parse(status.time);
  return new Map(stations.filter(station => station.forecasts.length > 0)
    .filter(station => behind(station) > Math.max(PATIENCE, SOME_STEPS * step(pipelineOf(station, status))))
    .map(nameOf).map(name => [name, before.get(name) ?? now]));
}

/**
 * @param delayed result of `delays`
 * @returns sentences with a level, the most severe first
 */
export function findings(status, stations, delayed) {
  const now = Date.parse(status.time);
  const found = [
    ...status.checks.filter(check => !check.ok)
      .map(check => bad(`${check.name}: ${check.detail}, since ${moment(check.since)}.`)),
    ...status.refused.map(r => bad(`${r.pipeline}: model ${r.version} (${r.model}), published `
      + `${moment(r.publishedAt)}, was refused: ${r.reason}. The model before it still serves.`)),
    ...status.pipelines.flatMap(pipeline => ofPipeline(pipeline, stations)),
    ...stations.flatMap(station => ofStation(station, status, now, delayed)),
  ];
  return found.sort((a, b) => (a.level === 'bad' ? 0 : 1) - (b.level === 'bad' ? 0 : 1));
}

function ofPipeline(pipeline, stations) {
  const found = [];
  if (pipeline.models.length === 0) {
    found.push(bad(`${pipeline.pipeline}: no model serves before the first training.`));
  }
  if (!stations.some(station => station.pipeline === pipeline.pipeline)) {
    found.push(odd(`${pipeline.pipeline}: no observation has arrived yet. Is its source running?`));
  }
  return found;
}

function ofStation(station, status, now, delayed) {
  const pipeline = pipelineOf(station, status);
  const name = nameOf(station);
  return [
    drift(name, station.drift),
    silence(name, station, pipeline, now),
    stream(name, station, pipeline, now - (delayed.get(name) ?? now)),
    matching(name, station, pipeline),
    ...(pipeline?.models ?? []).map(model => accuracy(name, station, pipeline, model)),
  ].flat().filter(found => found !== null);
}

const nameOf = station => `${station.pipeline}/${station.station}`;
const pipelineOf = (station, status) => status.pipelines.find(p => p.pipeline === station.pipeline);
const step = pipeline => pipeline ? seconds(pipeline.cadence) : Infinity;

/** Seconds of observations between the newest forecast's origin and the newest reading. */
const behind = station =>
  (Date.parse(station.observation.timestamp) - Date.parse(station.forecasts[0].origin)) / 1000;

function drift(name, { state, since, reason }) {
  if (state === 'calm') return null;
  const text = `${name}: ${stateName(state)} since ${moment(since)}. ${reason}`;
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
function stream(name, station, pipeline, delay) {
  if (station.forecasts.length === 0) {
    return odd(`${name}: no forecast yet. One needs ${pipeline?.lookback ?? 'enough'} readings in a row.`);
  }
  return delay > PATIENCE * 1000
    ? odd(`${name}: the forecasts lag behind by ${span(behind(station))} of observations.`)
    : null;
}

/** Errors and drift states come from evaluations: without new ones, calm means nothing. */
function matching(name, station, pipeline) {
  const newest = station.errors.filter(e => e.source === 'matched').map(e => Date.parse(e.newest));
  const quiet = (Date.parse(station.arrived) - Math.max(...newest)) / 1000;
  return newest.length > 0 && quiet > Math.max(PATIENCE, SOME_STEPS * step(pipeline))
    ? bad(`${name}: errors and drift are not monitored. No forecast has been compared with an observation since `
      + `${moment(new Date(Math.max(...newest)).toISOString())}; check the drift service.`)
    : null;
}

function accuracy(name, station, pipeline, model) {
  const horizon = pipeline.horizons[0];
  const error = station.errors.find(e => e.model === model.model && e.horizon === horizon && e.source === 'matched');
  if (!error || error.count < ENOUGH) return null;
  const found = [];
  if (error.skill < 0) {
    found.push(odd(`${name}: ${model.model} is less accurate than persistence (RMSE ${amount(error.rmse, station.unit, 2)} `
      + `against ${amount(error.persistenceRmse, station.unit, 2)}).`));
  }
  if (error.coverage < model.coverage - SLACK) {
    found.push(odd(`${name}: intervals of ${model.model} held ${percent(error.coverage)} of the newest ${error.count} `
      + `observed values instead of ${percent(model.coverage)}. They widen automatically.`));
  }
  return found;
}
