// For tests and the curious: what the page shows, to read and not to change.

import { edges, names, relations, titleOf } from './base/data.js';
import { byId } from './base/dom.js';
import { firstPaint, isSettled } from './drawing/draw.js';
import { hullsNow } from './drawing/hulls.js';
import { labelsNow } from './drawing/labels.js';
import { litNow } from './seeing/lit.js';
import { NONE, state } from './base/state.js';
import { toScreen, view } from './seeing/view.js';
import { shownEdges, shownNodes } from './seeing/visible.js';

const titles = (some) => Array.from(some, titleOf);

function pointOf(title) {
  const node = names.indexOf(title);
  if (node === NONE) return null;
  const { left, top } = byId('picture').getBoundingClientRect();
  const { x, y, r } = toScreen(node);
  return { x: left + x, y: top + y, r };
}

function shownLinesNow() {
  const found = [];
  for (let edge = 0; edge < shownEdges.length; edge += 1) {
    if (shownEdges[edge])
      found.push([titleOf(edges.from[edge]), relations[edges.relation[edge]].n, titleOf(edges.to[edge])]);
  }
  return found;
}

function focusedNow() {
  const node = state.hovered === NONE ? state.selected : state.hovered;
  return node === NONE ? null : titleOf(node);
}

export function publish() {
  window.vaultGraph = Object.freeze({
    firstPaint,
    visibleNodes: () => titles([...shownNodes.keys()].filter((node) => shownNodes[node])),
    visibleEdges: shownLinesNow,
    lit: () => {
      const lit = litNow();
      return lit && titles(lit.nodes);
    },
    pointOf,
    focused: focusedNow,
    view: () => ({ ...view }),
    labels: () => labelsNow(),
    hulls: () => hullsNow().map(({ name, x, y, radius, size }) => ({ name, x, y, radius, size })),
    isSettled,
  });
}
