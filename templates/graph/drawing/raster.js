// Draws the map into pixels with whole numbers only: in the worker beside the page, or in the page where there is none.
// A pixel and a colour are one number each (0xAABBGGRR); all lengths are in pixels of the sheet.

import { blend } from './blend.js';
import { rasterDots, rasterNode } from './raster-dots.js';
import { rasterHull } from './raster-hulls.js';
import { rasterLine, rasterLines } from './raster-lines.js';

// map: x, y, radius, color, kind, nodeShown; from, to, relation, edgeShown.
// job: width, height; x, y, scale; dots (how radii grow), least (radius); paper, line (colours); inks (a colour for each
// relation, 0: a plain link), plain and meant (strength of lines, of 256), thick, reach (up to which length lines keep
// their strength; those that only pass through are weaker); most (how many of the edges, from the first on); hulls [{ points, color, fill,
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
