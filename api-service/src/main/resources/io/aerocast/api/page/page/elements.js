// Elements of the page. Values from topics become text or the value of a harmless attribute; innerHTML is never used, so
// a name is shown and never run.

const SVG = 'http://www.w3.org/2000/svg';

/** An element; children are elements or text, empty ones are dropped. */
export function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** An element of a drawing. */
export function shape(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

/**
 * Changes the children into new ones, and only what differs: the focus, a selection and opened details stay. Nodes are reused by
 * their position, so that they must not have listeners of their own.
 */
export function replace(parent, children) {
  const fresh = document.createElement('div');
  fresh.append(...children);
  patch(parent, [...fresh.childNodes]);
}

function patch(parent, fresh) {
  fresh.forEach((child, i) => {
    const present = parent.childNodes[i];
    if (!present) parent.append(child);
    else if (present.nodeName !== child.nodeName) present.replaceWith(child);
    else if (child.nodeType === Node.TEXT_NODE) present.data === child.data || (present.data = child.data);
    else patchElement(present, child);
  });
  while (parent.childNodes.length > fresh.length) parent.lastChild.remove();
}

function patchElement(present, fresh) {
  for (const { name, value } of fresh.attributes) present.getAttribute(name) === value || present.setAttribute(name, value);
  // "open" is what a person did to details.
  for (const { name } of [...present.attributes]) name === 'open' || fresh.hasAttribute(name) || present.removeAttribute(name);
  patch(present, [...fresh.childNodes]);
}

/** Keeps one child per item, in their order; existing ones are not touched, so that they keep the focus. */
export function keep(parent, items, keyOf, create) {
  const known = new Map([...parent.children].map(child => [child.dataset.key, child]));
  const wanted = items.map(item => {
    const key = keyOf(item);
    const child = known.get(key) ?? create(item);
    child.dataset.key = key;
    return child;
  });
  known.forEach(child => wanted.includes(child) || child.remove());
  wanted.forEach((child, i) => parent.children[i] === child || parent.insertBefore(child, parent.children[i] ?? null));
  return wanted;
}

/** A row of a table with a heading as its first cell. */
export function row(heading, ...cells) {
  return element('tr', {}, element('th', { scope: 'row' }, heading), ...cells.map(cell => element('td', {}, cell)));
}

/** A table that can be scrolled sideways with the keyboard. */
export function table(caption, headings, rows) {
  return element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    element('table', {},
      element('caption', {}, caption),
      element('thead', {}, element('tr', {}, ...headings.map(h => element('th', { scope: 'col' }, h)))),
      element('tbody', {}, ...rows)));
}

/** An external link; only http and https addresses become links. */
export function link(address, text) {
  return /^https?:\/\//i.test(address)
    ? element('a', { href: address, rel: 'noopener noreferrer' }, text)
    : element('span', {}, text);
}

function filled(target, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
  target.append(...children.filter(child => child !== null && child !== undefined && child !== ''));
  return target;
}
