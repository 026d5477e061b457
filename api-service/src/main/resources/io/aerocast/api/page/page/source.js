// The only place that knows the paths of the api: what the page reads, listens to and requests.

const TIMEOUT = 8000;
const TOKEN = 'aerocast.token';
const PAGE = 1000, MOST_PAST = 6000;

/** A refusal by the api, with the sentence of its problem detail. */
export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** State of the service, and its models. */
export const status = () => read('/v1/status');

/** The newest data of all stations; the forecasts and errors are of one kind of model, or of `all`. */
export const latest = async model => (await read(`/v1/latest?model=${encodeURIComponent(model)}`)).stations;

/** Readings of a station, oldest first, and the forecasts that were made for them so many steps before. */
export async function history({ pipeline, station, feature, model }, horizon) {
  const path = `/v1/stations/${encodeURIComponent(pipeline)}/${encodeURIComponent(station)}/history`;
  const items = [];
  for (let from; items.length < MOST_PAST;) {
    const page = await read(`${path}?${query({ feature, model, horizon, limit: PAGE, from })}`);
    items.push(...page.items);
    from = page.next;
    if (from === undefined) break;
  }
  return items;
}

/** Open and ended trainings, and the signals that requested them; null without a trainer. */
export const trainings = () => orNull(read('/v1/trainings?limit=20'));

/** The simulated stations. */
export const simulators = async () => (await orNull(read('/v1/simulators')))?.simulators ?? [];

/** Changes the weather or the sensor of a simulated station, as in `{ weather: 'heatwave' }` or `{ fault: 'stuck' }`. */
export const simulate = (station, change) => send(`/v1/simulators/${encodeURIComponent(station)}`, change);

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

/** What another service would have answered, which does not. */
async function orNull(reply) {
  try {
    return await reply;
  } catch (failure) {
    if (failure.status !== 503) throw failure;
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
