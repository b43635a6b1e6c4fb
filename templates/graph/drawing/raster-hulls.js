// The grounds below communities in pixels.

import { blend } from './blend.js';
import { rasterLine } from './raster-lines.js';

const MOST_CUTS = 8;

// Each side of the outline leaves its cuts in the rows that it crosses; between the first and the second cut of a row,
// and between the third and the fourth, there is ground.
export function rasterHull(sheet, { points, color, fill, line }) {
  const { pixels, width, height } = sheet;
  const cuts = new Float32Array(height * MOST_CUTS);
  const counts = new Uint8Array(height);
  for (let at = 0; at < points.length; at += 2) {
    const next = (at + 2) % points.length;
    cutRows(cuts, counts, height, points[at], points[at + 1], points[next], points[next + 1]);
    if (line) rasterLine(sheet, points[at], points[at + 1], points[next], points[next + 1], color, line, 1);
  }
  for (let row = 0; row < height; row += 1) {
    if (!counts[row]) continue;
    const own = cuts.subarray(row * MOST_CUTS, row * MOST_CUTS + counts[row]);
    if (own.length > 1) own.sort();
    for (let pair = 0; pair + 1 < own.length; pair += 2) {
      const end = row * width + Math.min(width - 1, Math.floor(own[pair + 1]));
      for (let at = row * width + Math.max(0, Math.ceil(own[pair])); at <= end; at += 1) blend(pixels, at, color, fill);
    }
  }
}

function cutRows(cuts, counts, height, x1, y1, x2, y2) {
  const [top, bottom] = y1 < y2 ? [y1, y2] : [y2, y1];
  const last = Math.min(height - 1, Math.ceil(bottom) - 1);
  for (let row = Math.max(0, Math.ceil(top)); row <= last; row += 1) {
    if (counts[row] < MOST_CUTS) cuts[row * MOST_CUTS + counts[row]++] = x1 + ((row - y1) / (y2 - y1)) * (x2 - x1);
  }
}
