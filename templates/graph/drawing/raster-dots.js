// Dots of the map in pixels, each kind of node in its shape.

import { blend } from './blend.js';

const [CANVAS_SHAPE, ATTACHMENT_SHAPE, TAG_SHAPE, HOLLOW_SHAPE] = [1, 2, 3, 4];

export function rasterDots(sheet, map, job) {
  const { radius, color, nodeShown } = map;
  for (let node = nodeShown.length - 1; node >= 0; node -= 1)
    if (nodeShown[node]) rasterNode(sheet, map, job, node, Math.max(job.least, radius[node] * job.dots), color[node]);
}

export function rasterNode(sheet, { x, y, kind }, job, node, size, color) {
  const across = x[node] * job.scale + job.x;
  const down = y[node] * job.scale + job.y;
  if (across < -size || down < -size || across > sheet.width + size || down > sheet.height + size) return;
  if (kind[node] === 0) rasterDisc(sheet, across, down, size, color, job);
  else rasterDot(sheet, across, down, size, color, kind[node], job);
}

// How far a point is from the middle of a shape, where the shape's rim is as far as its size.
function away(kind, dx, dy, size) {
  if (kind === CANVAS_SHAPE) {
    const [x, y] = [Math.max(0, Math.abs(dx) - size * 0.55), Math.max(0, Math.abs(dy) - size * 0.55)];
    return x && y ? Math.sqrt(x * x + y * y) + size * 0.65 : Math.max(Math.abs(dx), Math.abs(dy)) + size * 0.1;
  }
  if (kind === ATTACHMENT_SHAPE) return Math.max(Math.abs(dx), Math.abs(dy)) * 1.25;
  if (kind === TAG_SHAPE) return (Math.abs(dx) + Math.abs(dy)) * 0.85;
  return Math.sqrt(dx * dx + dy * dy);
}

// A disc, row by row: only the pixels that it touches, and blended only at its rim.
function rasterDisc(sheet, x, y, size, color, job) {
  const { pixels, width, height } = sheet;
  const rim = size + job.halo + 0.5;
  const solid = Math.max(0, size - 0.5) ** 2;
  const bottom = Math.min(height - 1, Math.floor(y + rim));
  for (let row = Math.max(0, Math.ceil(y - rim)); row <= bottom; row += 1) {
    const square = (row - y) * (row - y);
    const half = Math.sqrt(rim * rim - square);
    const right = Math.min(width - 1, Math.floor(x + half));
    for (let at = Math.max(0, Math.ceil(x - half)); at <= right; at += 1) {
      const far2 = square + (at - x) * (at - x);
      const pixel = row * width + at;
      if (far2 < solid) {
        pixels[pixel] = color;
        continue;
      }
      const far = Math.sqrt(far2);
      blend(pixels, pixel, job.paper, (Math.min(1, rim - far) * 190) | 0);
      if (far < size + 0.5) blend(pixels, pixel, color, (Math.min(1, size + 0.5 - far) * 256) | 0);
    }
  }
}

function rasterDot(sheet, x, y, size, color, kind, job) {
  const { pixels, width, height } = sheet;
  const rim = size + job.halo;
  const box = rim * 1.2 + 1;
  const [left, right] = [Math.max(0, Math.floor(x - box)), Math.min(width - 1, Math.ceil(x + box))];
  const bottom = Math.min(height - 1, Math.ceil(y + box));
  const ring = kind === HOLLOW_SHAPE ? size - Math.max(0.8 * job.thick, size * 0.32) : -1;
  for (let row = Math.max(0, Math.floor(y - box)); row <= bottom; row += 1) {
    for (let at = left; at <= right; at += 1) {
      const far = away(kind, at - x, row - y, size);
      if (far > rim + 0.5) continue;
      const pixel = row * width + at;
      if (far > size - 0.5) blend(pixels, pixel, job.paper, (Math.min(1, rim + 0.5 - far) * 190) | 0);
      const cover = Math.min(1, size + 0.5 - far);
      if (cover > 0) blend(pixels, pixel, color, (cover * 256) | 0);
      if (ring > 0 && far < ring + 0.5) blend(pixels, pixel, job.paper, (Math.min(1, ring + 0.5 - far) * 256) | 0);
    }
  }
}
