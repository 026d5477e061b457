// A small plot: the readings, then the forecast with its interval.

import { shape } from './elements.js';
import { amount, fixed, percent, span } from './words.js';

const WIDTH = 340, HEIGHT = 150, LEFT = 40, RIGHT = 8, TOP = 8, BOTTOM = 20;

/**
 * @param readings of the recent past, oldest first
 * @param forecast of one model
 * @param coverage nominal coverage of the interval
 */
export function plot(readings, forecast, unit, coverage) {
  const origin = Date.parse(forecast.origin);
  const last = Date.parse(forecast.horizons.at(-1).target);
  const past = readings.map(r => ({ at: Date.parse(r.timestamp), value: r.value }));
  const expected = forecast.horizons.map(f => ({ at: Date.parse(f.target), value: f.value, lower: f.lower, upper: f.upper }));
  const start = { at: origin, value: forecast.persistence };
  const first = Math.min(origin, ...past.map(r => r.at));
  const values = [start.value, ...past.map(r => r.value), ...expected.flatMap(f => [f.lower, f.upper])];
  const ticks = steps(Math.min(...values), Math.max(...values));
  const low = Math.min(ticks[0], ...values), high = Math.max(ticks.at(-1), ...values);
  const x = at => LEFT + (WIDTH - LEFT - RIGHT) * (at - first) / (last - first);
  const y = value => HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - low) / (high - low);
  const point = p => `${x(p.at).toFixed(1)},${y(p.value).toFixed(1)}`;
  const corner = (p, side) => `${x(p.at).toFixed(1)},${y(p[side]).toFixed(1)}`;
  const end = expected.at(-1);
  return shape('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label':
      `${past.length} readings up to ${amount(start.value, unit)}; `
      + `forecast in ${span((last - origin) / 1000)}: ${amount(end.value, unit)}, `
      + `with ${percent(coverage)} between ${fixed(end.lower, 1)} and ${fixed(end.upper, 1)}` },
    ...ticks.flatMap(tick => [
      shape('line', { class: 'grid', x1: LEFT, x2: WIDTH - RIGHT, y1: y(tick), y2: y(tick) }),
      shape('text', { class: 'tick', x: LEFT - 5, y: y(tick) + 3.5, 'text-anchor': 'end' }, String(tick).replace('-', '−'))]),
    shape('line', { class: 'now', x1: x(origin), x2: x(origin), y1: TOP, y2: HEIGHT - BOTTOM }),
    shape('polygon', { class: 'band', points: [point(start), ...expected.map(f => corner(f, 'upper')),
      ...expected.toReversed().map(f => corner(f, 'lower'))].join(' ') }),
    shape('polyline', { class: 'past', points: past.map(point).join(' ') }),
    shape('polyline', { class: 'expected', points: [start, ...expected].map(point).join(' ') }),
    shape('circle', { class: 'end', cx: x(end.at), cy: y(end.value), r: 2.5 }),
    shape('circle', { class: 'start', cx: x(start.at), cy: y(start.value), r: 2.5 }),
    first < origin ? label(LEFT, 'start', `−${span((origin - first) / 1000)}`) : null,
    x(origin) > LEFT + 60 && x(origin) < WIDTH - 70 ? label(x(origin), 'middle', 'reading') : null,
    label(WIDTH - RIGHT, 'end', `+${span((last - origin) / 1000)}`));
}

const label = (at, anchor, text) => shape('text', { class: 'tick', x: at, y: HEIGHT - 5, 'text-anchor': anchor }, text);

/** About four round values within a range. */
function steps(from, to) {
  const rough = Math.max(to - from, 1e-6) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(m => m * power).find(s => s >= rough);
  const ticks = [];
  for (let i = Math.ceil(from / step); i * step <= to; i++) ticks.push(Number((i * step).toPrecision(10)));
  return ticks.length > 0 ? ticks : [Number(from.toPrecision(4))];
}
