// The only place that knows the paths of the api: what the page reads, listens to and requests.

const TIMEOUT = 8000;
const TOKEN = 'aerocast.token';
/** The paths that this api does not serve; they are not requested again. */
const missing = new Set();

/** A refusal by the api, with the sentence of its problem detail. */
export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** State of the service, and its models. */
export const status = () => read('/status');

/** The newest data of all stations; the forecasts and errors are of one kind of model, or of `all`. */
export const latest = async model => (await read(`/latest?model=${encodeURIComponent(model)}`)).stations;

/** The newest data of one station, of all kinds of model. */
export const station = async ({ pipeline, name }) =>
  (await read(`/latest?model=all&${query({ pipeline, station: name })}`)).stations[0];

/**
 * Readings of a station, and the forecasts that were made for them.
 *
 * @returns null if this api has none
 */
export const history = ({ pipeline, name, feature, model, from }) => readIfServed('history',
  `/v1/stations/${encodeURIComponent(pipeline)}/${encodeURIComponent(name)}/history?${query({ feature, model, from })}`);

/** Open and ended trainings; null if this api has none. */
export const trainings = () => readIfServed('trainings', '/v1/trainings');

/** The weather of the simulator; null where none runs. */
export const simulator = () => readIfServed('simulator', '/v1/simulator');

/** Changes the weather or the sensor of the simulator, as in `{ weather: 'heatwave' }` or `{ fault: 'stuck' }`. */
export const simulate = change => send('/v1/simulator', change);

/** Puts the model back into service that served before. */
export const rollback = ({ pipeline, feature, model, version }) =>
  send(`/v1/models/${encodeURIComponent(pipeline)}/${encodeURIComponent(model)}/rollback`, { feature, version });

/** Remembers the token until the tab is closed. */
export const remember = token => sessionStorage.setItem(TOKEN, token);

const KINDS = ['reading', 'forecast', 'drift', 'signal', 'training', 'promotion', 'swap'];

/**
 * Events of a station and of its pipeline as they happen. The browser connects again by itself, and asks for what it missed.
 *
 * @param heard gets the kind and the data of each event
 * @param gap is called if events may have been missed
 * @returns ends it
 */
export function listen({ pipeline, name }, heard, gap) {
  const events = new EventSource(`/v1/events?${query({ pipeline, station: name })}`);
  KINDS.forEach(kind => events.addEventListener(kind, event => heard(kind, JSON.parse(event.data))));
  events.addEventListener('start', event => JSON.parse(event.data).resumed || gap());
  return () => events.close();
}

const query = values => new URLSearchParams(Object.entries(values).filter(([, value]) => value !== undefined)).toString();

async function read(path) {
  return parsed(await fetch(path, { cache: 'no-store', headers: authorization(), signal: AbortSignal.timeout(TIMEOUT) }), path);
}

async function readIfServed(what, path) {
  if (missing.has(what)) return null;
  try {
    return await read(path);
  } catch (failure) {
    if (failure.status !== 404 && failure.status !== 503) throw failure;
    if (failure.status === 404) missing.add(what);
    return null;
  }
}

async function send(path, body) {
  return parsed(await fetch(path, { method: 'POST', body: JSON.stringify(body), signal: AbortSignal.timeout(TIMEOUT),
    headers: { 'Content-Type': 'application/json', ...authorization() } }), path);
}

async function parsed(reply, path) {
  if (reply.ok) return reply.json();
  const problem = await reply.json().catch(() => null);
  throw new Refused(reply.status, problem?.detail ?? `${path} answers ${reply.status}`);
}

function authorization() {
  const token = sessionStorage.getItem(TOKEN);
  return token ? { Authorization: `Bearer ${token}` } : {};
}
