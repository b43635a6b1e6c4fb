// Small things about elements. Text of the vault reaches the page only through textContent.

if (document.documentElement.className !== 'live') throw new Error('This browser cannot draw the map.'); // head.js saw that

export const byId = (id) => document.getElementById(id);

export function element(name, properties, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties || {})) {
    if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export function drawing(name, attributes, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// A sign of sixteen by sixteen, by its path.
export const CROSS = 'M4 4l8 8M12 4l-8 8';

const iconOf = (path) => drawing('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' }, drawing('path', { d: path }));

export function iconButton(path, label, properties = {}) {
  return element(
    'button',
    { type: 'button', className: 'icon', 'aria-label': label, title: label, ...properties },
    iconOf(path),
  );
}

// Where a key leads to in a row of things that arrows walk through; undefined: it leads nowhere.
export function walkedTo(key, at, many, { back = 'ArrowUp', forth = 'ArrowDown', around = false } = {}) {
  const to = { [forth]: at + 1, [back]: at - 1, Home: 0, End: many - 1 }[key];
  if (to === undefined || !many) return undefined;
  return around ? (to + many) % many : Math.max(0, Math.min(to, many - 1));
}

// Shortens a text to at most `most` characters, without cutting one in two.
export function cutShort(text, most) {
  const signs = Array.from(text);
  return signs.length > most ? `${signs.slice(0, most - 1).join('')}…` : text;
}

// A text without halves of signs, which no address and no file can hold.
export const wellFormed = (text) => text.replace(/\p{Cs}/gu, '\ufffd');

export const calm = matchMedia('(prefers-reduced-motion: reduce)');
export const phone = matchMedia('(max-width: 720px)');

export function remembered(key, value) {
  try {
    if (value !== undefined) localStorage.setItem(key, value);
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
