// Which node is at a point of the screen: the map is cut into cells, and only those around the point are looked at.

import { nodeCount, nodes } from '../base/data.js';
import { NONE } from '../base/state.js';
import { acrossOf, dotGrowth, downOf, radiusOf, view } from './view.js';
import { shownNodes } from './visible.js';

const CELL = 120;
const LARGEST_DOT = 26;
let cells = null;

export function nodesMoved() {
  cells = null;
}

function sorted() {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let node = 0; node < nodeCount; node += 1) {
    left = Math.min(left, nodes.x[node]);
    right = Math.max(right, nodes.x[node]);
    top = Math.min(top, nodes.y[node]);
    bottom = Math.max(bottom, nodes.y[node]);
  }
  const size = Math.max(CELL, (right - left) / 400, (bottom - top) / 400);
  const across = Math.floor((right - left) / size) + 1;
  const down = Math.floor((bottom - top) / size) + 1;
  const cellOf = (node) =>
    Math.floor((nodes.y[node] - top) / size) * across + Math.floor((nodes.x[node] - left) / size);
  const start = new Uint32Array(nodeCount ? across * down + 1 : 1);
  for (let node = 0; node < nodeCount; node += 1) start[cellOf(node) + 1] += 1;
  for (let cell = 1; cell < start.length; cell += 1) start[cell] += start[cell - 1];
  const next = start.slice();
  const held = new Uint32Array(nodeCount);
  for (let node = 0; node < nodeCount; node += 1) held[next[cellOf(node)]++] = node;
  return { left, top, size, across, down, start, held };
}

// Calls `visit` with every shown node in a part of the map (a few outside it too).
export function eachNodeIn(left, top, right, bottom, visit) {
  if (!nodeCount) return;
  if (!cells) cells = sorted();
  const { size, across, down, start, held } = cells;
  const cell = (value, most) => Math.min(most - 1, Math.max(0, Math.floor(value / size)));
  const [first, last] = [cell(left - cells.left, across), cell(right - cells.left, across)];
  const end = cell(bottom - cells.top, down);
  for (let row = cell(top - cells.top, down); row <= end; row += 1) {
    for (let at = start[row * across + first]; at < start[row * across + last + 1]; at += 1)
      if (shownNodes[held[at]]) visit(held[at]);
  }
}

// The node at a point of the map's area, or NONE; `slack` pixels beside a dot count as on it.
export function nodeAt(x, y, slack = 4) {
  const reach = slack / view.scale + (LARGEST_DOT * dotGrowth(view.scale)) / view.scale;
  const [across, down] = [(x - view.x) / view.scale, (y - view.y) / view.scale];
  let best = NONE;
  let nearest = Infinity;
  eachNodeIn(across - reach, down - reach, across + reach, down + reach, (node) => {
    const far = Math.hypot(acrossOf(node) - x, downOf(node) - y) - radiusOf(node);
    if (far <= slack && far < nearest) [best, nearest] = [node, far];
  });
  return best;
}
