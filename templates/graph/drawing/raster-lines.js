// Lines of the map in pixels.

import { blend } from './blend.js';

// The weightiest last, so that they lie on top.
// eslint-disable-next-line complexity, max-lines-per-function -- it runs for each line of the vault
export function rasterLines(sheet, map, job) {
  const { x, y, color, from, to, relation, edgeShown } = map;
  const { scale, x: left, y: top, inks, line, thick, reach } = job;
  for (let edge = Math.min(job.most, from.length) - 1; edge >= 0; edge -= 1) {
    if (!edgeShown[edge]) continue;
    const one = from[edge];
    const other = to[edge];
    const x1 = x[one] * scale + left;
    const y1 = y[one] * scale + top;
    const x2 = x[other] * scale + left;
    const y2 = y[other] * scale + top;
    if (
      (x1 < 0 && x2 < 0) ||
      (y1 < 0 && y2 < 0) ||
      (x1 > sheet.width && x2 > sheet.width) ||
      (y1 > sheet.height && y2 > sheet.height)
    )
      continue;
    const ink = inks[relation[edge]];
    const length = Math.abs(x2 - x1) + Math.abs(y2 - y1);
    const fading =
      (length > reach ? Math.sqrt(reach / length) : 1) * (outside(sheet, x1, y1) && outside(sheet, x2, y2) ? 0.5 : 1);
    const alpha = ink ? job.meant * Math.max(0.3, fading) : Math.max(3, job.plain * fading);
    rasterLine(sheet, x1, y1, x2, y2, ink || (color[one] === color[other] ? color[one] : line), alpha | 0, thick);
  }
}

const outside = (sheet, x, y) => x < 0 || y < 0 || x > sheet.width || y > sheet.height;

// A soft line: along its longer direction, each step shares its strength between neighbouring pixels. (Written plainly,
// as the first paint runs it before the browser has made it fast.)
// eslint-disable-next-line complexity, max-lines-per-function -- it runs for each pixel of each line
export function rasterLine(sheet, x1, y1, x2, y2, color, alpha, thick) {
  const { pixels, width, height } = sheet;
  const right = width - 3 - thick;
  const bottom = height - 3 - thick;
  const dx = x2 - x1;
  const dy = y2 - y1;
  let begin = 0;
  let end = 1;
  if (x1 < 1 || x2 < 1 || y1 < 1 || y2 < 1 || x1 > right || x2 > right || y1 > bottom || y2 > bottom) {
    for (let side = 0; side < 4; side += 1) {
      const pace = side < 2 ? (side ? dx : -dx) : side === 3 ? dy : -dy;
      const room = side < 2 ? (side ? right - x1 : x1 - 1) : side === 3 ? bottom - y1 : y1 - 1;
      if (pace === 0) {
        if (room < 0) return;
      } else if (pace < 0) begin = Math.max(begin, room / pace);
      else end = Math.min(end, room / pace);
    }
    if (begin >= end) return;
  }
  const flat = Math.abs(dx) >= Math.abs(dy);
  const along = flat ? 1 : width;
  const across = flat ? width : 1;
  const slope = flat ? dy / dx : dx / dy;
  const one = flat ? x1 + dx * begin : y1 + dy * begin;
  const other = flat ? x1 + dx * end : y1 + dy * end;
  const start = Math.round(Math.min(one, other));
  const stop = Math.round(Math.max(one, other));
  const middle = (flat ? y1 + (start - x1) * slope : x1 + (start - y1) * slope) - (thick - 1) / 2;
  const step = Math.round(slope * 65536);
  let place = Math.max(0, Math.round(middle * 65536));
  for (let at = start; at < stop; at += 1) {
    const share = Math.imul((place >> 8) & 255, alpha) >> 8;
    let pixel = at * along + (place >> 16) * across;
    if (alpha - share) blend(pixels, pixel, color, alpha - share);
    for (let inner = 1; inner < thick; inner += 1) blend(pixels, (pixel += across), color, alpha);
    if (share) blend(pixels, pixel + across, color, share);
    place += step;
  }
}
