// How the map is turned: a screen that is higher than wide shows it on its side, and somewhat stretched.

import { clearSize } from './covered.js';
import { nodeCount, nodes } from '../base/data.js';
import { boxOf } from './fit.js';
import { view } from './view.js';

const MOST_STRETCH = 1.35;

const laidFollowers = [];
let stretch = 0; // 0: as it is
export const whenLaid = (follower) => laidFollowers.push(follower); // the map lies another way

// A place as the layout has it, and as this screen has it.
export const upright = ([x, y]) => (stretch ? [y / stretch, x] : [x, y]);
export const laid = ([x, y]) => (stretch ? [y, x * stretch] : [x, y]);

function stretchFor(box) {
  if (view.height <= view.width * 1.2 || box.right - box.left <= box.bottom - box.top) return 0;
  const { width, height } = clearSize();
  return Math.min(MOST_STRETCH, Math.max(1, (height / width) * ((box.bottom - box.top) / (box.right - box.left))));
}

// Lays the map as the window is.
export function layMap(heart) {
  const before = stretch;
  turnMap(0);
  turnMap(stretchFor(boxOf(heart)));
  if (stretch !== before) for (const follower of laidFollowers) follower();
}

function turnMap(wanted) {
  if (wanted === stretch) return;
  const upRight = Array.from(nodes.x, (x, node) => upright([x, nodes.y[node]]));
  stretch = wanted;
  for (let node = 0; node < nodeCount; node += 1) [nodes.x[node], nodes.y[node]] = laid(upRight[node]);
}
