// What of the map fits into the window, and so how near and how far away one can look.

import { clearSize } from './covered.js';
import { edgeCount, edges, nodeCount, nodes } from '../base/data.js';
import { state } from '../base/state.js';
import { shownEdges, shownNodes } from './visible.js';

export const LARGEST = 1.4; // at which a few notes are shown
const DEEPEST = 8;
let farthest = 0.01;
export let wholeScale = 1; // at which all of the map is seen

export const within = (scale) => Math.min(DEEPEST, Math.max(farthest, scale));

export function fitting(box, largest) {
  const { width, height } = clearSize();
  const scale = Math.min(
    width / Math.max(1, box.right - box.left),
    height / Math.max(1, box.bottom - box.top),
    largest,
  );
  return [(box.left + box.right) / 2, (box.top + box.bottom) / 2, scale];
}

export function boxOf(some) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const node of some) {
    const size = nodes[state.size][node];
    box.left = Math.min(box.left, nodes.x[node] - size);
    box.right = Math.max(box.right, nodes.x[node] + size);
    box.top = Math.min(box.top, nodes.y[node] - size);
    box.bottom = Math.max(box.bottom, nodes.y[node] + size);
  }
  return box.left < Infinity ? box : { left: -1, right: 1, top: -1, bottom: 1 };
}

export function shownOnes() {
  const found = [];
  for (let node = 0; node < nodeCount; node += 1) if (shownNodes[node]) found.push(node);
  return found;
}

// What to look at first: everything, or only what is tied together where lone nodes are the most.
export function heartOfMap(all) {
  const isTied = new Uint8Array(nodeCount);
  for (let edge = 0; edge < edgeCount; edge += 1)
    if (shownEdges[edge]) isTied[edges.from[edge]] = isTied[edges.to[edge]] = 1;
  const tied = all.filter((node) => isTied[node]);
  return tied.length && tied.length < all.length * 0.6 ? tied : all;
}

// How far away one can go follows from the window and the map.
export function limitZoom(all = shownOnes(), heart = heartOfMap(all)) {
  const [x, y, scale] = fitting(boxOf(heart), LARGEST);
  wholeScale = Math.min(heart === all ? scale : fitting(boxOf(all), LARGEST)[2], scale);
  farthest = wholeScale * 0.4;
  return [x, y, scale];
}
