// Everything by keyboard, and a dialog that says how.

import { edgesAt, nodeCount, otherEnd } from '../base/data.js';
import { CROSS, byId, element, iconButton, remembered } from '../base/dom.js';
import { chooseNode, pathFrom } from '../asking/go.js';
import { listIsOpen, toggleList } from '../reading/list.js';
import { say } from '../base/say.js';
import { NONE, change, state } from '../base/state.js';
import { fitAll, panBy, toScreen, view, zoomBy } from '../seeing/view.js';
import { shownEdges, shownNodes } from '../seeing/visible.js';

const LETTER_KEYS = 'vault-tools-letters';
const PAN = 80;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
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

// ---------------------------------------------------------------- from note to note

// With a chosen note the arrows walk to the neighbour that lies there, with Shift they move the map; without one, or
// where it is hidden, they always move it.
function walkByKey(key, shift) {
  const [x, y] = ARROWS[key];
  if (shift || state.selected === NONE || !shownNodes[state.selected]) panBy(-x * PAN, -y * PAN);
  else {
    const next = neighbourAt(state.selected, x, y);
    if (next !== NONE) chooseNode(next);
  }
  return true;
}

function neighbourAt(node, x, y) {
  const from = toScreen(node);
  let [best, least] = [NONE, Infinity];
  for (const edge of edgesAt(node)) {
    const other = otherEnd(edge, node);
    if (!shownEdges[edge] || !shownNodes[other] || other === node) continue;
    const to = toScreen(other);
    const far = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const along = ((to.x - from.x) * x + (to.y - from.y) * y) / far;
    const cost = far * (1 + 4 * (1 - along));
    if (along > 0.38 && cost < least) [best, least] = [other, cost];
  }
  return best;
}

// Enter goes into the panel of the chosen note; without one, the note nearest to the middle is chosen.
function enterByKey() {
  if (state.selected === NONE) {
    const node = state.hovered !== NONE ? state.hovered : nodeInMiddle();
    if (node !== NONE) chooseNode(node);
  }
  byId('panel').querySelector('h2')?.focus({ preventScroll: true });
  return true;
}

function nodeInMiddle() {
  let [best, least] = [NONE, Infinity];
  for (let node = 0; node < nodeCount; node += 1) {
    if (!shownNodes[node]) continue;
    const { x, y } = toScreen(node);
    const far = Math.hypot(x - view.width / 2, y - view.height / 2);
    if (far < least) [best, least] = [node, far];
  }
  return best;
}

// ---------------------------------------------------------------- the keys, in words

const keyRows = () => [
  [say('map.keyboard.group-map')],
  [['←', '→', '↑', '↓'], say('map.keyboard.move-or-neighbour')],
  [['Shift', '←', '→', '↑', '↓'], say('map.keyboard.move')],
  [['+', '-'], say('map.keyboard.zoom')],
  [['0'], say('map.page.fit')],
  [['/'], say('map.keyboard.search')],
  [['f'], say('map.keyboard.filter')],
  [['g'], say('map.keyboard.gaps')],
  [['l'], say('map.keyboard.learning')],
  [['o'], say('map.keyboard.list')],
  [say('map.keyboard.group-note')],
  [['Enter'], say('map.keyboard.read')],
  [['n'], say('map.keyboard.neighbourhood')],
  [['p'], say('map.keyboard.path')],
  [say('map.keyboard.group-page')],
  [['t'], say('map.page.theme')],
  [['Esc'], say('map.keyboard.back')],
  [['?'], say('map.keyboard.help')],
];

export function showKeys() {
  (byId('keys') || keysMade()).showModal();
}

function keysMade() {
  const close = iconButton(CROSS, say('map.keyboard.close'));
  const letters = element('input', { type: 'checkbox', checked: remembered(LETTER_KEYS) !== 'off' });
  const dialog = element(
    'dialog',
    { id: 'keys', 'aria-labelledby': 'keys-title' },
    element(
      'div',
      { className: 'around-top' },
      element('h2', { id: 'keys-title', textContent: say('map.keyboard.title') }),
      close,
    ),
    element(
      'div',
      { className: 'keys-body' },
      ...keyGroups(),
      element('label', {}, letters, element('span', { textContent: say('map.keyboard.single-keys') })),
    ),
  );
  document.body.append(dialog);
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  letters.addEventListener('change', () => remembered(LETTER_KEYS, letters.checked ? 'on' : 'off'));
  return dialog;
}

function keyGroups() {
  const groups = [];
  for (const [keys, meaning] of keyRows()) {
    if (meaning === undefined)
      groups.push(element('section', {}, element('h3', { textContent: keys }), element('dl', {})));
    else
      groups
        .at(-1)
        .lastChild.append(
          element('dt', {}, ...keys.map((key) => element('kbd', { textContent: key }))),
          element('dd', { textContent: meaning }),
        );
  }
  return groups;
}
