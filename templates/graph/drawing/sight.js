// What a saved picture shows of the map: the dots and lines that no card covers.

import { edgeCount, edges, nodeCount } from '../base/data.js';
import { covered } from '../seeing/covered.js';
import { toScreen, view } from '../seeing/view.js';
import { shownEdges, shownNodes } from '../seeing/visible.js';

const MOST_SVG_LINES = 8000; // with more, editors give up
// What no card covers: beside them nothing would be on the picture but what lies under them, without names.
export function pictureFrame() {
  const { left, right, bottom } = covered();
  return { left, width: Math.max(1, view.width - left - right), height: Math.max(1, view.height - bottom) };
}

const inSight = ({ left, width, height }, x, y, across, down) =>
  x + across > left && y + down > 0 && x - across < left + width && y - down < height;

// Those that matter most, the least of them first, as they are drawn.
export function linesInSight(frame) {
  const found = [];
  for (let edge = 0; edge < edgeCount && found.length < MOST_SVG_LINES; edge += 1) {
    if (!shownEdges[edge]) continue;
    const [a, b] = [toScreen(edges.from[edge]), toScreen(edges.to[edge])];
    if (inSight(frame, (a.x + b.x) / 2, (a.y + b.y) / 2, Math.abs(a.x - b.x) / 2 + 1, Math.abs(a.y - b.y) / 2 + 1))
      found.push(edge);
  }
  return found.reverse();
}

export function dotsInSight(frame) {
  const found = [];
  for (let node = nodeCount - 1; node >= 0; node -= 1) {
    const { x, y, r } = toScreen(node);
    if (shownNodes[node] && inSight(frame, x, y, r, r)) found.push(node);
  }
  return found;
}
