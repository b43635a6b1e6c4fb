// Where one looks: a point of the map is on the screen at map * scale + offset, in pixels of the page.

import { nodes } from '../base/data.js';
import { state } from '../base/state.js';

export const view = { x: 0, y: 0, scale: 1, width: 1, height: 1 };
export const LEAST_DOT = 0.9;
const followers = [];

export const whenMoved = (follower) => followers.push(follower);

export function putView(x, y, scale) {
  Object.assign(view, { x, y, scale });
  for (const follower of followers) follower();
}

// Another scale, while the point (x, y) of the screen stays where it is.
export function putScale(x, y, scale) {
  const factor = scale / view.scale;
  putView(x - (x - view.x) * factor, y - (y - view.y) * factor, scale);
}

// Dots shrink less than the map does, and grow less: far away they can be seen, and near by they make room.
export const dotGrowth = (scale) => (scale < 1 ? scale ** 0.82 : scale ** 0.48);

export const radiusOf = (node) => Math.max(LEAST_DOT, nodes[state.size][node] * dotGrowth(view.scale));
export const acrossOf = (node) => nodes.x[node] * view.scale + view.x;
export const downOf = (node) => nodes.y[node] * view.scale + view.y;
export const toScreen = (node) => ({ x: acrossOf(node), y: downOf(node), r: radiusOf(node) });
