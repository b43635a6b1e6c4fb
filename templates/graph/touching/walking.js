// From note to note by arrow keys, along lines that are shown.

import { edgesAt, nodeCount, otherEnd } from '../base/data.js';
import { byId } from '../base/dom.js';
import { chooseNode } from '../asking/go.js';
import { NONE, state } from '../base/state.js';
import { panBy } from '../seeing/moving.js';
import { toScreen, view } from '../seeing/view.js';
import { shownEdges, shownNodes } from '../seeing/visible.js';

const PAN = 80;
export const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
// With a chosen note the arrows walk to the neighbour that lies there, with Shift they move the map; without one, or
// where it is hidden, they always move it.
export function walkByKey(key, shift) {
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
export function enterByKey() {
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
