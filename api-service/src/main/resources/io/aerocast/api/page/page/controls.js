// Changes that a person requests: they need the token of the installation, which is asked for when the api wants one.

import { remember } from './source.js';

const at = id => document.getElementById(id);

/** Runs a change; asks for the token if the api refuses it without one. The reply becomes a sentence in `place`. */
export async function change(place, request, done) {
  place.textContent = 'Requested …';
  try {
    place.textContent = done(await authorized(request));
  } catch (failure) {
    place.textContent = `Not done: ${failure.message}`;
  }
}

async function authorized(request) {
  for (;;) {
    try {
      return await request();
    } catch (failure) {
      if (failure.status !== 401 && failure.status !== 403) throw failure;
      const token = await asked();
      if (token === null) throw failure;
      remember(token);
    }
  }
}

/** The token; null if the dialog was cancelled. */
function asked() {
  const dialog = at('ask-token');
  return new Promise(resolve => {
    const answer = value => {
      at('token').value = '';
      dialog.close();
      resolve(value);
    };
    at('token-form').onsubmit = event => {
      event.preventDefault();
      answer(at('token').value);
    };
    at('no-token').onclick = () => answer(null);
    dialog.oncancel = () => answer(null);
    dialog.showModal();
  });
}
