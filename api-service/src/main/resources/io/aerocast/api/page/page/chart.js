// Plots over time by uPlot, whose values can be read with the mouse, a finger or the keyboard.

import uPlot from './uplot.js';
import { element } from './elements.js';

const NARROW = 560;
const DAY = 86400;

/** A colour of the style sheet, which differs between light and dark. */
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** Colours and fonts change with light and dark: plots are drawn again. */
const drawn = new Set();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawn.forEach(plot => plot.redraw()));

/**
 * A line of a plot.
 *
 * @param name of its colour in the style sheet
 * @param points whether its points are drawn where there is room
 */
export const line = (name, { width = 2, dash, points = false } = {}) => ({
  stroke: () => colour(name), width, dash, spanGaps: false,
  points: { show: points ? undefined : false, size: 6, fill: () => colour(name), stroke: () => colour(name) } });

/** The border of an interval: it is not drawn, only the band between two of them. */
export const border = { stroke: 'transparent', width: 0, spanGaps: false, points: { show: false } };

/** The band between the series of an upper and a lower border. */
export const band = (upper, lower, name) => ({ series: [upper, lower], fill: () => colour(name) });

/** A plot that fills the width of its parent. */
export class Chart {
  /**
   * @param label what the plot shows, for a screen reader
   * @param series without the one of the times
   * @param read text of the values at an index of the data, or of the newest ones for null
   * @param over draws over the plot, or nothing
   * @param head height above the plot that `over` uses
   */
  constructor(parent, { label, series, bands = [], height, unit, read, over, under, head = 8, zero = false }) {
    Object.assign(this, { label, series, bands, height, unit, read, over, under, head, zero });
    this.readout = element('p', { class: 'readout' });
    this.frame = element('div', { class: 'frame', role: 'slider', tabindex: '0', 'aria-label': label,
      'aria-orientation': 'horizontal', 'aria-valuemin': '0' });
    parent.replaceChildren(this.readout, this.frame);
    this.frame.addEventListener('keydown', event => this.#key(event));
    this.frame.addEventListener('blur', () => this.#point(null));
    this.index = null;
    new ResizeObserver(() => this.#resize()).observe(this.frame);
  }

  /** @param data columns of numbers, the first one of seconds since 1970 */
  show(data, label = this.label) {
    this.data = data;
    if (!this.plot) this.#create();
    else this.plot.setData(data);
    if (this.index !== null) this.index = Math.min(this.index, data[0].length - 1);
    this.label = label;
    this.frame.setAttribute('aria-label', label);
    this.#tell();
  }

  #create() {
    const axis = { stroke: () => colour('soft'), font: '12px system-ui', ticks: { stroke: () => colour('line'), size: 5 },
      grid: { stroke: () => colour('line'), width: 1 } };
    this.plot = new uPlot({
      width: this.#width(), height: this.#height(), padding: [this.head, 12, 0, 0],
      series: [{}, ...this.series], bands: this.bands, legend: { show: false },
      tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      scales: { x: { time: true, range: (_, low, high) => [low, high] }, y: { range: (_, low, high) => padded(low, high, this.zero) } },
      axes: [{ ...axis, values: (_, times, __, ___, step) => times.map((time, i) => clock(time, i > 0 ? times[i - 1] : null, step)), space: 70, size: 44 },
        { ...axis, size: 52, values: (_, values) => values.map(value => String(Number(value.toPrecision(6))).replace('-', '−')) }],
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 9 } },
      hooks: { draw: [plot => this.over?.(plot, colour)], drawClear: [plot => this.under?.(plot, colour)],
        setCursor: [plot => this.#hover(plot)] },
    }, this.data, this.frame);
    drawn.add(this.plot);
  }

  #width() {
    return Math.max(240, Math.floor(this.frame.clientWidth));
  }

  #height() {
    return this.frame.clientWidth < NARROW ? Math.round(this.height * 0.75) : this.height;
  }

  #resize() {
    const size = { width: this.#width(), height: this.#height() };
    if (this.plot && (this.plot.width !== size.width || this.plot.height !== size.height)) this.plot.setSize(size);
  }

  #hover(plot) {
    if (document.activeElement === this.frame && this.keyed) return;
    this.index = plot.cursor.left >= 0 ? plot.cursor.idx : null;
    this.#tell();
  }

  #key(event) {
    const last = this.data[0].length - 1;
    const from = this.index ?? last;
    const leap = Math.max(1, Math.round(last / 10));
    const to = { ArrowLeft: from - 1, ArrowRight: from + 1, PageDown: from - leap, PageUp: from + leap, Home: 0, End: last,
      Escape: null }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#point(to === null ? null : Math.max(0, Math.min(last, to)));
  }

  #point(index) {
    this.index = index;
    this.keyed = index !== null;
    if (this.plot) {
      const left = index === null ? -10 : this.plot.valToPos(this.data[0][index], 'x');
      this.plot.setCursor({ left, top: index === null ? -10 : 10 }, false);
    }
    this.#tell();
  }

  #tell() {
    if (!this.data) return;
    const last = Math.max(0, this.data[0].length - 1);
    const text = this.read(this.index);
    this.frame.setAttribute('aria-valuemax', String(last));
    this.frame.setAttribute('aria-valuenow', String(this.index ?? last));
    this.frame.setAttribute('aria-valuetext', text);
    if (this.readout.textContent !== text) this.readout.textContent = text;
  }
}

/** A time of an axis; with the date where another day begins. */
function clock(time, before, step) {
  const [date, hours] = new Date(time * 1000).toISOString().split('T');
  const day = date.slice(5);
  if (step >= DAY) return day;
  const text = step < 60 ? hours.slice(0, 8) : hours.slice(0, 5);
  return before === null || Math.floor(before / DAY) !== Math.floor(time / DAY) ? `${text}\n${day}` : text;
}

function padded(low, high, zero) {
  if (low === null || high === null) return [0, 1];
  const margin = Math.max((high - low) * 0.06, 0.05);
  return [zero ? 0 : low - margin, high + margin];
}
