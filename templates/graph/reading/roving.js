// The list is one stop of the Tab key; arrows move within it, and the focus stays where it is when the list is made again.

import { byId, walkedTo } from '../base/dom.js';

const twinButtons = () => [...byId('twin').querySelectorAll('button')];

// What has the focus in the list: { node, part }, {} for its heading; null: nothing has.
export function twinFocus() {
  const held = document.activeElement;
  return byId('twin').contains(held) ? { ...held.dataset } : null;
}

// The same note in the same part of the list, else elsewhere in it; else the focus goes to the heading.
export function roveTwin(held) {
  const all = twinButtons();
  const same = held?.node ? all.filter(({ dataset }) => dataset.node === held.node) : [];
  const found = same.find(({ dataset }) => dataset.part === held.part) || same[0];
  all.forEach((button, at) => {
    button.tabIndex = found ? (button === found ? 0 : -1) : at ? -1 : 0;
  });
  if (held && !byId('twin').contains(document.activeElement))
    (found || byId('twin-title')).focus({ preventScroll: true });
}

export function twinKey(event) {
  const all = twinButtons();
  const to = walkedTo(event.key, all.indexOf(document.activeElement), all.length);
  if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  all.forEach((button, turn) => {
    button.tabIndex = turn === to ? 0 : -1;
  });
  all[to].focus();
}
