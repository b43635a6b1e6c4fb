// What each key does on the page.

import { byId, remembered } from '../base/dom.js';
import { pathFrom } from '../asking/go.js';
import { LETTER_KEYS, showKeys } from './keys.js';
import { listIsOpen, toggleList } from '../reading/list.js';
import { NONE, change, state } from '../base/state.js';
import { fitAll, zoomBy } from '../seeing/moving.js';
import { ARROWS, enterByKey, walkByKey } from './walking.js';

const WRITES = 'input:not([type="checkbox"], [type="radio"], [type="range"]), textarea, select, [contenteditable]';
const onLetter = {
  '/': () => focusField(byId('query')),
  '+': () => zoomBy(1.3),
  '=': () => zoomBy(1.3),
  '-': () => zoomBy(1 / 1.3),
  0: fitAll,
  n: () => state.selected !== NONE && change({ depth: state.depth || 1 }),
  p: () => state.selected !== NONE && pathFrom(state.selected),
  f: filterOpened,
  g: () => change({ mode: state.mode === 'gaps' ? '' : 'gaps' }),
  l: () => change({ mode: state.mode === 'learning' ? '' : 'learning' }),
  o: () => toggleList(),
  t: () => byId('theme').click(),
  '?': showKeys,
};

export function startKeyboard() {
  document.addEventListener('keydown', keyPressed);
}

function keyPressed(event) {
  if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
  if (hasModifier(event)) return;
  if (event.key === 'Escape') return event.target.id === 'query' ? undefined : stepBack(event);
  if (!event.target.closest(WRITES) && keyHandled(event)) event.preventDefault();
}

const hasModifier = (event) => event.ctrlKey || event.metaKey || event.altKey;
function keyHandled(event) {
  const onMap = event.target === document.body || byId('map').contains(event.target);
  if (onMap && event.key in ARROWS) return walkByKey(event.key, event.shiftKey);
  if (onMap && event.key === 'Enter') return enterByKey();
  const act = Object.hasOwn(onLetter, event.key) && onLetter[event.key];
  if (!act || remembered(LETTER_KEYS) === 'off') return false;
  act();
  return true;
}

function focusField(field) {
  field.focus();
  field.select?.();
}

function filterOpened() {
  byId('filter').click();
  if (!byId('legend').hidden) byId('legend').querySelector('button, input, select')?.focus();
}

// The last thing that was opened goes first.
function stepBack(event) {
  if (listIsOpen()) toggleList(false);
  else if (state.mode === 'path') change({ path: null, mode: '' });
  else if (state.selected !== NONE) change({ selected: NONE });
  else if (state.query) emptyField(byId('query'));
  else if (state.mode) change({ mode: '' });
  else return;
  event.preventDefault();
}

function emptyField(field) {
  field.value = '';
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
