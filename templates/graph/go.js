// Going to a node, from wherever it is named: it is shown, chosen and flown to.

import { KINDS, isTyped, nodes } from './data.js';
import { NONE, change, state } from './state.js';
import { moveTo } from './view.js';
import { hidersOf } from './visible.js';

// Whatever filter hides a node is taken back, so that what is chosen can be seen; but for those that are to be kept.
export function uncovered(node, kept = []) {
  const open = { tag: '', folder: '', since: 0, until: 0, undated: true, orphans: true };
  if (!isTyped(node)) open.hiddenTypes = new Set();
  const item = isTyped(node) ? nodes.type[node] : KINDS[nodes.kind[node]];
  for (let hiders = hidersOf(node); hiders.length; hiders = hidersOf(node)) {
    if (hiders.some((key) => kept.includes(key))) return;
    const patch = {};
    for (const key of hiders)
      patch[key] = key in open ? open[key] : new Set([...state[key]].filter((each) => each !== item));
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
