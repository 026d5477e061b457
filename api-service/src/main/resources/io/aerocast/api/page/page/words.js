// Numbers and times as text.

const MINUTE = 60, HOUR = 3600, DAY = 86400;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 21.46 → "21.5 °C" */
export const amount = (value, unit, digits = 1) => `${fixed(value, digits)} ${unit}`;

/** A number with a true minus sign. */
export const fixed = (value, digits) => value.toFixed(digits).replace(/^-(?=0\.?0*$)/, '').replace('-', '−');

/** 0.914 → "91 %" */
export const percent = share => `${fixed(share * 100, 0)} %`;

/** "2013-09-02 05:51 UTC", with seconds where they are not 0. */
export function moment(iso) {
  const [date, time] = new Date(iso).toISOString().split('T');
  return `${date} ${time.slice(0, time.slice(6, 8) === '00' ? 5 : 8)} UTC`;
}

/** 7384 seconds → "2 h 3 min" */
export function span(seconds) {
  const s = Math.max(0, Math.round(seconds));
  if (s < MINUTE) return `${s} s`;
  if (s < HOUR) return two(s, MINUTE, 'min', 1, 's', 10);
  if (s < 2 * DAY) return two(s, HOUR, 'h', MINUTE, 'min', 12);
  return `${Math.round(s / DAY)} d`;
}

/** The age of a time, by the api's clock. */
export const ago = (iso, now) => `${span((now - Date.parse(iso)) / 1000)} ago`;

/** "13:51 today", "13:51 yesterday" or "23 Nov 2026 13:51", UTC. */
export function day(iso, now) {
  const time = new Date(iso);
  const days = Math.floor(now / (DAY * 1000)) - Math.floor(time / (DAY * 1000));
  const hours = time.toISOString().slice(11, 16);
  if (days === 0) return `${hours} today`;
  if (days === 1) return `${hours} yesterday`;
  return `${time.getUTCDate()} ${MONTHS[time.getUTCMonth()]} ${time.getUTCFullYear()} ${hours}`;
}

/** "gru, trained 13:51 today" */
export const modelName = (model, now) =>
  `${model.model}, ${model.shipped ? 'shipped with AeroCast' : `trained ${day(model.trainedAt, now)}`}`;

/** The time in "20261123T082617Z-02f1f95"; undefined if the version has none. */
export function trainedAt(version) {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(version ?? '');
  return parts ? `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}Z` : undefined;
}

/** A sentence of a service for people: versions and times of machines become words. */
export const readable = (text, now) => text
  .replace(/(?:version )?\b(\d{8}T\d{6}Z)-[0-9a-f]{7}\b/g, version => `trained ${day(trainedAt(version.replace('version ', '')), now)}`)
  .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z\b/g, moment);

/** Steps ahead as in "1 to 6 h, 12 h": neighbours of the list become a range. */
export function ranges(horizons, all, step) {
  const runs = [];
  horizons.forEach(horizon => {
    const last = runs.at(-1);
    if (last && all.indexOf(horizon) === all.indexOf(last[1]) + 1) last[1] = horizon;
    else runs.push([horizon, horizon]);
  });
  return runs.map(([from, to]) => from === to ? span(from * step) : `${span(from * step)} to ${span(to * step)}`).join(', ');
}

/** "PT1H" → 3600 */
export function seconds(duration) {
  const [, days, hours, minutes, secs] = /^P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(duration);
  return (days ?? 0) * DAY + (hours ?? 0) * HOUR + (minutes ?? 0) * MINUTE + Number(secs ?? 0);
}

/** "unit-change" → "unit change" */
export const faultName = fault => fault.replace('-', ' ');

/** "sensor-fault" → "sensor fault" */
export const stateName = state => state.replace('-', ' ');

function two(s, large, largeName, small, smallName, until) {
  const whole = Math.floor(s / large);
  const rest = Math.floor((s % large) / small);
  return rest === 0 || whole >= until ? `${whole} ${largeName}` : `${whole} ${largeName} ${rest} ${smallName}`;
}
