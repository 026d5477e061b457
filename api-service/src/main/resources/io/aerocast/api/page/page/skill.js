// Skill per horizon as a small picture: bars above the line are better than persistence, bars below it are worse.

import { shape } from './elements.js';
import { percent, span } from './words.js';

const WIDTH = 240, HEIGHT = 64, MIDDLE = 34, TEXT = 10;
/** Skill that fills the height; −1 is drawn as the lower end. */
const FULL = 1;

/**
 * @param errors by horizon, `undefined` where none is known
 * @param enough whether an error is of enough forecasts to be judged
 * @param step seconds
 */
export function skillPicture(name, horizons, errors, enough, step) {
  const wide = WIDTH / horizons.length;
  const bars = horizons.map((horizon, i) => {
    const skill = errors[i]?.skill;
    if (skill === undefined) return null;
    const high = Math.max(1.5, Math.min(FULL, Math.abs(skill)) / FULL * (skill > 0 ? MIDDLE - 2 : HEIGHT - TEXT - MIDDLE - 2));
    return shape('rect', { class: `bar ${skill > 0 ? 'above' : 'below'} ${enough(errors[i]) ? '' : 'young'}`,
      x: (i * wide + Math.min(1, wide / 8)).toFixed(1), width: Math.max(1, Math.min(wide - Math.min(2, wide / 4), 28)).toFixed(1),
      y: (skill > 0 ? MIDDLE - high : MIDDLE).toFixed(1), height: high.toFixed(1) });
  });
  return shape('svg', { class: 'skill', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': described(name, horizons, errors, step) },
    shape('line', { class: 'even', x1: 0, x2: WIDTH, y1: MIDDLE, y2: MIDDLE }), ...bars,
    shape('text', { class: 'tick', x: 0, y: HEIGHT - 1 }, span(horizons[0] * step)),
    horizons.length > 1 ? shape('text', { class: 'tick', x: WIDTH, y: HEIGHT - 1, 'text-anchor': 'end' }, span(horizons.at(-1) * step)) : null);
}

function described(name, horizons, errors, step) {
  const known = horizons.map((horizon, i) => ({ horizon, error: errors[i] })).filter(({ error }) => error?.skill !== undefined);
  if (known.length === 0) return `Skill of ${name}: no forecast has come true yet`;
  const worse = known.filter(({ error }) => error.skill <= 0);
  const range = worse.length === 0 ? 'better than persistence at every horizon'
    : `not better than persistence ${worse.map(({ horizon }) => span(horizon * step)).join(', ')} ahead`;
  const first = known[0], last = known.at(-1);
  return `Skill of ${name}: ${percent(first.error.skill)} ${span(first.horizon * step)} ahead`
    + `${last === first ? '' : `, ${percent(last.error.skill)} ${span(last.horizon * step)} ahead`}; ${range}`;
}
