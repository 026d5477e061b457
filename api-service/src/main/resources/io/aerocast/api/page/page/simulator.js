// Buttons for the weather and the sensor of the simulator, where one runs.

import { change } from './controls.js';
import { element, replace } from './elements.js';
import * as source from './source.js';
import { faultName } from './words.js';

const at = id => document.getElementById(id);
const WEATHERS = { calm: 'Back to calm', heatwave: 'Heatwave' };

/** @param simulator its state, or null where none runs */
export function showSimulator(section, simulator) {
  section.hidden = !simulator;
  if (!simulator) return;
  at('simulated').textContent = `${simulator.station} (${simulator.pipeline}) is simulated: now `
    + `${simulator.weather === 'heatwave' ? 'a heatwave' : 'calm weather'}, `
    + `${simulator.fault === 'none' ? 'with a sound sensor' : `with a sensor fault, ${faultName(simulator.fault)}`}. `
    + 'Watch below how it is found and, if it is a heatwave, healed.';
  replace(at('weathers'), ['heatwave', 'calm'].map(weather =>
    button(WEATHERS[weather], { weather, ...weather === 'calm' ? { fault: 'none' } : {} },
      simulator.weather === weather && (weather !== 'calm' || simulator.fault === 'none'))));
  replace(at('faults'), simulator.faults.map(fault => button(`Sensor: ${faultName(fault)}`, { fault }, simulator.fault === fault)));
}

const button = (text, asked, pressed) => element('button', { type: 'button', 'aria-pressed': String(pressed),
  'data-change': JSON.stringify(asked) }, text);

at('simulator').addEventListener('click', event => {
  const asked = event.target.dataset.change;
  if (asked === undefined) return;
  change(at('simulator-reply'), async () => showAnew(await source.simulate(JSON.parse(asked))), () => `${event.target.textContent}: done.`);
});

function showAnew(simulator) {
  showSimulator(at('simulator'), simulator);
  return simulator;
}
