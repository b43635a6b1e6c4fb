// Draws the map into pixels with whole numbers alone: in the worker beside the page, or in the page where there is none.
// A pixel and a colour are one number each (0xAABBGGRR); all lengths are in pixels of the sheet.

const OPAQUE = 0xff000000;
const [CANVAS_SHAPE, ATTACHMENT_SHAPE, TAG_SHAPE, HOLLOW_SHAPE] = [1, 2, 3, 4];

// map: x, y, radius, color, kind, nodeShown; from, to, relation, edgeShown.
// job: width, height; x, y, scale; dots (how radii grow), least (radius); paper, line (colours); inks (a colour for each
// relation, 0: a plain link), plain and meant (strength of lines, of 256), thick, reach (up to which length lines keep
// their strength; those that only pass through are weaker); most (edges, the first so many); hulls [{ points, color, fill,
// line }]; lit (null, or what lies over the dimmed map: dim, of 256; edges, dots, the least important first; colors and
// sizes of the dots, 0: their own; plain, meant, thick, bold: strength and width of its lines).
export function rasterised(map, job, kept) {
  const count = job.width * job.height;
  const pixels = kept && kept.length >= count ? kept.subarray(0, count) : new Uint32Array(count);
  pixels.fill(job.paper);
  const sheet = { pixels, width: job.width, height: job.height };
  for (const hull of job.hulls) rasterHull(sheet, hull);
  rasterLines(sheet, map, job);
  rasterDots(sheet, map, job);
  if (job.lit) rasterLit(sheet, map, job);
  return pixels;
}

// Red and blue are blended at once, green by itself: no channel reaches into another.
function blend(pixels, at, color, alpha) {
  const old = pixels[at];
  const pair = old & 0xff00ff;
  const green = old & 0xff00;
  const newPair = pair + (Math.imul((color & 0xff00ff) - pair, alpha) >> 8);
  const newGreen = green + (Math.imul((color & 0xff00) - green, alpha) >> 8);
  pixels[at] = (newPair & 0xff00ff) | (newGreen & 0xff00) | OPAQUE;
}

// ---------------------------------------------------------------- lines

// The weightiest last, so that they lie on top.
// eslint-disable-next-line complexity, max-lines-per-function -- it runs for each line of the vault
function rasterLines(sheet, map, job) {
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
function rasterLine(sheet, x1, y1, x2, y2, color, alpha, thick) {
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

// ---------------------------------------------------------------- dots

function rasterDots(sheet, map, job) {
  const { radius, color, nodeShown } = map;
  for (let node = nodeShown.length - 1; node >= 0; node -= 1)
    if (nodeShown[node]) rasterNode(sheet, map, job, node, Math.max(job.least, radius[node] * job.dots), color[node]);
}

function rasterNode(sheet, { x, y, kind }, job, node, size, color) {
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

// ---------------------------------------------------------------- what is lit

function rasterLit(sheet, map, job) {
  const { lit, scale, x: left, y: top, inks, line } = job;
  const { x, y, radius, color, from, to, relation } = map;
  for (let pixel = 0; pixel < sheet.pixels.length; pixel += 1) blend(sheet.pixels, pixel, job.paper, lit.dim);
  for (const edge of lit.edges) {
    const [one, other, ink] = [from[edge], to[edge], inks[relation[edge]]];
    const [x1, y1] = [x[one] * scale + left, y[one] * scale + top];
    const [x2, y2] = [x[other] * scale + left, y[other] * scale + top];
    const own = ink || (color[one] === color[other] ? color[one] : line);
    rasterLine(sheet, x1, y1, x2, y2, own, ink ? lit.meant : lit.plain, ink ? lit.bold : lit.thick);
  }
  lit.dots.forEach((node, at) => {
    const size = lit.sizes[at] || Math.max(job.least, radius[node] * job.dots);
    rasterNode(sheet, map, job, node, size, lit.colors[at] || color[node]);
  });
}

// ---------------------------------------------------------------- hulls

const MOST_CUTS = 8;

// Each side of the outline leaves its cuts in the rows that it crosses; between the first and the second cut of a row,
// and between the third and the fourth, there is ground.
function rasterHull(sheet, { points, color, fill, line }) {
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
