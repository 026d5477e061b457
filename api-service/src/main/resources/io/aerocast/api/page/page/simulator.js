// Buttons for the weather and the sensor of the simulator, where one runs.

import { change } from './controls.js';
import { element, replace } from './elements.js';
import * as source from './source.js';
import { faultName } from './words.js';

const at = id => document.getElementById(id);
const WEATHERS = { calm: 'Back to calm', heatwave: 'Heatwave' };

/** @param simulators the simulated stations, of which the first is shown */
export function showSimulators(section, [simulator]) {
  section.hidden = !simulator;
  if (!simulator) return;
  at('simulated').textContent = `${simulator.station} (${simulator.pipeline}) is simulated: now `
    + `${simulator.weather === 'heatwave' ? 'a heatwave' : 'calm weather'}, `
    + `${simulator.fault === undefined ? 'with a sound sensor' : `with a sensor fault, ${faultName(simulator.fault)}`}. `
    + 'Choose it above, and watch below how a change is found and, if it is a heatwave, healed.';
  replace(at('weathers'), ['heatwave', 'calm'].map(weather => button(simulator, WEATHERS[weather], weather === 'calm'
    ? { weather, fault: 'none' } : { weather }, simulator.weather === weather && (weather !== 'calm' || !simulator.fault))));
  replace(at('faults'), simulator.faults.map(fault =>
    button(simulator, `Sensor: ${faultName(fault)}`, { fault }, simulator.fault === fault)));
}

const button = ({ station }, text, asked, pressed) => element('button', { type: 'button', 'aria-pressed': String(pressed),
  'data-station': station, 'data-change': JSON.stringify(asked) }, text);

at('simulator').addEventListener('click', event => {
  const { station, change: asked } = event.target.dataset;
  if (asked === undefined) return;
  const text = event.target.textContent;
  change(at('simulator-reply'), async () => {
    const changed = await source.simulate(station, JSON.parse(asked));
    showSimulators(at('simulator'), [changed]);
  }, () => `${text}: begun.`);
});
