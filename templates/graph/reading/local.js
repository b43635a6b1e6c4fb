// The neighbourhood of a note in a dialog: drawn live, and the same as a list beside it.

import { CROSS, byId, element, iconButton } from '../base/dom.js';
import { count, number, say } from '../base/say.js';
import { NONE, change, state, whenChanged } from '../base/state.js';
import { MOST_STEPS, centreNearby, nearbyView, whenCentred } from './nearby.js';
import { aroundZoom, redrawNearby } from './network.js';
import { showAround, showChosen } from './rings.js';

export function startLocal() {
  whenCentred(showAround);
  whenCentred(showChosen);
  whenCentred(redrawNearby);
  whenChanged(['depth', 'selected'], shownAround);
  whenChanged(['themed'], () => nearbyView.area && redrawNearby());
  if (state.depth) shownAround();
}

function shownAround() {
  const dialog = byId('around') || dialogMade();
  if (!state.depth || state.selected === NONE) {
    if (dialog.open) dialog.close();
    return;
  }
  const inside = dialog.open && nearbyView.area.steps.has(state.selected);
  if (inside && nearbyView.area.depth === state.depth) return showChosen();
  if (!dialog.open) {
    dialog.showModal();
    byId('around-map').focus({ preventScroll: true });
  }
  centreNearby(inside ? nearbyView.area.centre : state.selected);
}

function dialogMade() {
  const dialog = element(
    'dialog',
    { id: 'around', 'aria-labelledby': 'around-title', 'aria-describedby': 'around-says' },
    dialogTop(() => dialog.close()),
    element(
      'div',
      { className: 'around-body' },
      element('div', {
        id: 'around-map',
        tabIndex: 0,
        role: 'application',
        'aria-label': say('map.local.drawing-label'),
      }),
      element('div', { id: 'around-list', role: 'region', 'aria-label': say('map.local.list-label') }),
    ),
    element('div', { id: 'around-chosen' }),
  );
  document.body.append(dialog);
  dialog.addEventListener('close', putAway);
  dialog.addEventListener('keydown', aroundKey);
  return dialog;
}

function dialogTop(closed) {
  const close = iconButton(CROSS, say('map.keyboard.close'));
  close.addEventListener('click', closed);
  const name = element(
    'div',
    { className: 'around-name' },
    element('h2', { id: 'around-title', dir: 'auto' }),
    element('p', { id: 'around-says', role: 'status' }),
  );
  return element('div', { className: 'around-top' }, name, depthButtons(), close);
}

function depthButtons() {
  const buttons = [];
  for (let depth = 1; depth <= MOST_STEPS; depth += 1) {
    const made = element('button', {
      type: 'button',
      textContent: number(depth),
      value: String(depth),
      'aria-label': count('map.local.steps-away', depth),
    });
    made.addEventListener('click', () => change({ depth }));
    buttons.push(made);
  }
  return element(
    'div',
    { id: 'around-depth', role: 'group', 'aria-label': say('map.local.depth') },
    element('span', { textContent: say('map.local.depth'), 'aria-hidden': 'true' }),
    ...buttons,
  );
}

function putAway() {
  nearbyView.network?.destroy();
  [nearbyView.network, nearbyView.area] = [null, null];
  change({ depth: 0 });
  // Whatever had the focus before may be gone, with the panel of the note that was chosen then.
  const held = document.activeElement;
  if (held === document.body || byId('around').contains(held))
    byId('panel').querySelector('h2')?.focus({ preventScroll: true });
}

const AROUND_KEYS = {
  '+': () => aroundZoom(1.25),
  '=': () => aroundZoom(1.25),
  '-': () => aroundZoom(0.8),
  0: () => nearbyView.network?.fit({ animation: false }),
};

function aroundKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  event.stopPropagation();
  const { key } = event;
  if (key >= '1' && key <= String(MOST_STEPS)) change({ depth: Number(key) });
  else if (Object.hasOwn(AROUND_KEYS, key)) AROUND_KEYS[key]();
  else if (event.target.id === 'around-map' && key.startsWith('Arrow')) aroundPan(event);
}

function aroundPan(event) {
  if (!nearbyView.network) return;
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  const { x, y } = nearbyView.network.getViewPosition();
  const step = 60 / nearbyView.network.getScale();
  nearbyView.network.moveTo({ position: { x: x + way[0] * step, y: y + way[1] * step } });
  event.preventDefault();
}
