// Going to a node, from wherever it is named: it is shown, chosen and flown to.

import { KINDS, isTyped, nodes } from '../base/data.js';
import { makeRoom } from './dock.js';
import { NONE, change, state } from '../base/state.js';
import { moveTo } from '../seeing/moving.js';
import { filtersAtFirst, hidersOf } from '../seeing/visible.js';

// Whatever filter hides a node is taken back, so that what is chosen can be seen; but for those that are to be kept.
export function uncovered(node, kept = []) {
  const [own, item] = isTyped(node) ? ['hiddenTypes', nodes.type[node]] : ['hiddenKinds', KINDS[nodes.kind[node]]];
  for (let hiders = hidersOf(node); hiders.length; hiders = hidersOf(node)) {
    if (hiders.some((key) => kept.includes(key))) return;
    const patch = {};
    for (const key of hiders)
      patch[key] = key === own ? new Set([...state[key]].filter((each) => each !== item)) : filtersAtFirst[key];
    change(patch);
  }
}

// Asks for a way that begins at a node.
export function pathFrom(node) {
  uncovered(node);
  change({ path: [node, NONE] });
}

// `near`: so near that it can be read.
export function chooseNode(node, { near = false } = {}) {
  uncovered(node);
  change({ selected: node });
  moveTo([node], { near });
}

// From the card: on a phone that gives way to the map.
export function goToNode(node) {
  makeRoom();
  chooseNode(node, { near: true });
}
