// What happened at a station: its drift states and the trainings of its pipeline, as lanes over a plot and as sentences.

import { Chart, line } from './chart.js';
import { element, replace } from './elements.js';
import { amount, faultName, modelName, moment, readable, span, stateName } from './words.js';

const MOST = 60;
/** Pixels. */
const STRIP = 12, LANE = 15;
const LANES = ['signal', 'training', 'swap'];
/** Height of all lanes above the plot, in pixels. */
export const HEAD = 6 + STRIP + 4 + LANES.length * LANE + 6;

const COLOURS = { calm: 'well-strip', warning: 'odd-strip', degraded: 'bad-strip', drift: 'bad-strip', 'sensor-fault': 'fault-strip' };
const SIGNS = { drift: '✕', calm: '✓', warning: '▲', degraded: '▼', 'sensor-fault': '⚠', signal: '⟳', training: '…',
  promoted: '★', held: '–', failed: '✕', swap: '⇄' };

/** The events of a station and of its pipeline, each once. */
export class Story {
  constructor() {
    this.events = new Map();
    /** Changes of the drift state: time of observation in milliseconds, and the state from then on. */
    this.states = [];
  }

  /** @param event with `key`, `lane`, `sign`, `text`, and `wall` or `time` in milliseconds */
  add(event) {
    if (this.events.has(event.key)) Object.assign(this.events.get(event.key), event);
    else this.events.set(event.key, event);
    if (this.events.size > 500) this.events.delete(this.events.keys().next().value);
  }

  state(time, name) {
    if (!this.states.some(state => state.time === time && state.name === name)) {
      this.states.push({ time, name });
      this.states.sort((a, b) => a.time - b.time);
    }
  }

  /** @param drift an event of the api */
  drift(drift) {
    const time = Date.parse(drift.at);
    const state = wordOf(drift.to);
    if (this.states.length === 0) this.state(-Infinity, wordOf(drift.from));
    this.state(time, state);
    this.add({ key: `drift ${drift.at} ${state}`, lane: 'state', sign: SIGNS[state], level: state, time,
      text: `${drift.feature}: ${drift.fault ? `${stateName(state)}, ${faultName(wordOf(drift.fault))}` : stateName(state)}. `
        + drift.reason });
  }

  signal(signal) {
    this.add({ key: `signal ${signal.id}`, lane: 'signal', sign: SIGNS.signal, wall: Date.parse(signal.raisedAt),
      text: `Training requested${signal.feature ? ` for ${signal.feature}` : ''} (${wordOf(signal.reason)}). ${signal.note}` });
  }

  /** @param run an open run */
  open(run, now) {
    const key = `training ${run.run ?? `${run.pipeline} ${run.reason}`}`;
    const known = this.events.get(key);
    this.add({ key, lane: 'training', sign: SIGNS.training, wall: known?.wall ?? (Date.parse(run.startedAt ?? run.since ?? '') || now),
      open: true, seen: now, text: `Training (${wordOf(run.reason)}): ${progress(run)}.`, share: shareOf(run) });
  }

  /** Open runs that are open no more, and of which no end is known. */
  closeOthers(now) {
    for (const event of this.events.values()) if (event.open && event.seen < now) Object.assign(event, { open: false, end: now,
      share: undefined, text: event.text.replace(/: .*$/s, ': ended.') });
  }

  /** @param run an ended run */
  ended(run) {
    const verdicts = run.outcomes.map(outcome => `${outcome.model} of ${outcome.feature} ${verdict(outcome)}`);
    this.add({ key: `training ${run.run}`, lane: 'training', sign: run.outcomes.some(o => o.verdict === 'promoted')
      ? SIGNS.promoted : SIGNS.held, wall: Date.parse(run.startedAt), end: Date.parse(run.finishedAt ?? run.startedAt),
      open: false, share: undefined, promoted: run.outcomes.some(o => o.verdict === 'promoted'),
      text: `Training (${wordOf(run.reason)}) ${run.state}${run.failure ? `: ${run.failure}` : ''}. ${verdicts.join('; ')}` });
  }

  swap(model, now) {
    this.add({ key: `swap ${model.feature} ${model.model} ${model.version}`, lane: 'swap', sign: SIGNS.swap,
      wall: Date.parse(model.since), text: `${model.feature}: ${modelName(model, now)} serves`
        + `${model.restored ? ', restored by a rollback' : ''}.` });
  }

  /** The state at a time of observation. */
  at(time) {
    let name = 'calm';
    for (const state of this.states) if (state.time <= time) name = state.name;
    return name;
  }

  timed(series) {
    return [...this.events.values()].map(event => ({ ...event, time: event.time ?? series.observed(event.wall),
      until: event.lane === 'training' ? event.open ? series.newest : series.observed(event.end ?? event.wall) : undefined }));
  }

  /** The newest events as a list. */
  list(parent, series, now) {
    const events = this.timed(series).sort((a, b) => b.time - a.time || (b.wall ?? 0) - (a.wall ?? 0)).slice(0, MOST);
    replace(parent, events.length === 0 ? [element('li', { class: 'note' }, 'Nothing has happened since this page was opened.')]
      : events.map(event => element('li', { class: `event ${event.level ?? event.lane}` },
        element('span', { class: 'sign', 'aria-hidden': 'true' }, event.sign), element('span', { class: 'time' }, moment(new Date(event.time).toISOString())),
        element('span', {}, readable(event.text, now)), event.open && event.share !== undefined
          ? element('progress', { max: '1', value: String(event.share), 'aria-label': 'Progress of the training' }) : null)));
  }

  /** Draws the drift states as a band, and the events in lanes above the plot. */
  draw(plot, colour, series) {
    const ratio = devicePixelRatio;
    const { ctx, bbox } = plot;
    const x = time => Math.max(bbox.left, Math.min(bbox.left + bbox.width, plot.valToPos(time / 1000, 'x', true)));
    const [from, to] = [plot.scales.x.min * 1000, plot.scales.x.max * 1000];
    const top = bbox.top - HEAD * ratio + 6 * ratio;
    ctx.save();
    this.#states(from, to, x, (state, left, right) => {
      ctx.fillStyle = colour(COLOURS[state]);
      ctx.fillRect(left, top, right - left, STRIP * ratio);
    });
    ctx.font = `${11 * ratio}px system-ui`;
    ctx.textBaseline = 'middle';
    LANES.forEach((lane, i) => {
      ctx.fillStyle = colour('soft');
      ctx.textAlign = 'right';
      ctx.fillText(lane, bbox.left - 5 * ratio, top + (STRIP + 4 + (i + 0.5) * LANE) * ratio);
    });
    ctx.fillText('drift', bbox.left - 5 * ratio, top + STRIP / 2 * ratio);
    for (const event of this.timed(series)) {
      const i = LANES.indexOf(event.lane);
      if (i < 0 || (event.until ?? event.time) < from || event.time > to) continue;
      const y = top + (STRIP + 4 + (i + 0.5) * LANE) * ratio;
      ctx.fillStyle = ctx.strokeStyle = colour(event.lane === 'training' && event.promoted === false ? 'soft' : 'accent');
      if (event.until !== undefined) ctx.fillRect(x(event.time), y - 4 * ratio, Math.max(4 * ratio, x(event.until) - x(event.time)), 8 * ratio);
      else marker(ctx, x(event.time), y, 5 * ratio, event.lane === 'signal');
      if (event.lane === 'swap') {
        ctx.setLineDash([4 * ratio, 4 * ratio]);
        ctx.lineWidth = ratio;
        ctx.beginPath();
        ctx.moveTo(x(event.time), bbox.top);
        ctx.lineTo(x(event.time), bbox.top + bbox.height);
        ctx.stroke();
      }
    }
    ctx.restore();
  }

  /** Tints the plot by the drift state, under its lines. */
  tint(plot, colour) {
    const { ctx, bbox } = plot;
    const x = time => Math.max(bbox.left, Math.min(bbox.left + bbox.width, plot.valToPos(time / 1000, 'x', true)));
    ctx.save();
    ctx.globalAlpha = 0.13;
    this.#states(plot.scales.x.min * 1000, plot.scales.x.max * 1000, x, (state, left, right) => {
      if (state === 'calm') return;
      ctx.fillStyle = colour(COLOURS[state]);
      ctx.fillRect(left, bbox.top, right - left, bbox.height);
    });
    ctx.restore();
  }

  #states(from, to, x, paint) {
    const states = [{ time: -Infinity, name: 'calm' }, ...this.states];
    states.forEach((state, i) => {
      const end = states[i + 1]?.time ?? Infinity;
      if (end >= from && state.time <= to) paint(state.name, x(Math.max(from, state.time)), x(Math.min(to, end)));
    });
  }
}

/** The API's enums as in "sensor-fault". */
const wordOf = name => name.toLowerCase().replace('_', '-');

function marker(ctx, x, y, r, triangle) {
  ctx.beginPath();
  ctx.moveTo(x, y - r);
  ctx.lineTo(x + r, triangle ? y + r : y);
  if (!triangle) ctx.lineTo(x, y + r);
  ctx.lineTo(x - r, triangle ? y + r : y);
  ctx.fill();
}

const shareOf = run => {
  if (run.phase?.startsWith('waiting')) return run.needed > 0 ? run.samples / run.needed : undefined;
  return run.epochs > 0 ? run.epoch / run.epochs : undefined;
};

/** How far an open run is. */
export function progress(run) {
  if (run.phase?.startsWith('waiting')) return `waiting for data, ${run.samples} of ${run.needed} readings have arrived`;
  const what = run.model ? ` ${run.model} of ${run.feature}` : '';
  return `${run.phase}${what}${run.epochs > 0 ? `, pass ${run.epoch} of at most ${run.epochs}` : ''}`;
}

/** What the gate decided, in words. */
export function verdict(outcome) {
  const why = outcome.reasons?.length > 0 ? `: ${outcome.reasons.join(', ')}` : '';
  return `${{ promoted: 'was promoted', held: 'was not good enough' }[outcome.verdict] ?? outcome.verdict}${why}`;
}

/** Error against persistence, under the lanes of what happened. */
export class ErrorPlot {
  constructor(parent) {
    this.chart = new Chart(parent, { label: 'Error', height: 300, head: HEAD, zero: true,
      series: [line('accent', { width: 2 }), line('persistence', { width: 1.5, dash: [6, 4] })],
      over: (plot, colour) => this.story?.draw(plot, colour, this.view.series),
      under: (plot, colour) => this.story?.tint(plot, colour),
      read: index => this.read(index) });
    this.rows = [];
  }

  draw(view, story) {
    Object.assign(this, { view, story });
    this.rows = view.series.errors(view.horizon);
    const label = `Error of the forecasts of ${view.station} ${view.series.feature} ${span(view.horizon * view.step)} ahead in `
      + `${view.unit} over time, beside persistence, with drift states and trainings. Arrow keys read the values.`;
    this.chart.show([this.rows.map(r => r.time / 1000), this.rows.map(r => r.rmse ?? null),
      this.rows.map(r => r.persistence ?? null)], label);
  }

  read(index) {
    const r = this.rows[index ?? this.rows.length - 1];
    if (!r) return 'No forecast has come true since this page was opened.';
    if (r.rmse === undefined) return `${moment(new Date(r.time).toISOString())}: not known`;
    const better = r.rmse < r.persistence ? 'better than' : 'not better than';
    return `${moment(new Date(r.time).toISOString())}: error ${amount(r.rmse, this.view.unit, 2)}, ${better} persistence `
      + `${amount(r.persistence, this.view.unit, 2)}; ${stateName(this.story.at(r.time))}`;
  }
}
