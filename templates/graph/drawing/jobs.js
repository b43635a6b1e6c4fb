// Jobs for the raster: which part of the map, and how dots, lines, grounds and lights look there.

import { lineColor, plainLine } from '../seeing/colors.js';
import { relations } from '../base/data.js';
import { hullStrength, hullsNow } from './hulls.js';
import { DIMMED, LIT } from './over.js';
import { pixelOf } from '../seeing/shades.js';
import { lineStrength } from './strength.js';
import { themeColor } from '../base/theme.js';
import { LEAST_DOT, dotGrowth, view } from '../seeing/view.js';

const MANY_LIT = 600;

// A job for what is seen (or for another view), with a margin on each side as a share of the window.
export function jobFor({ seen = view, ratio, margin = 0, most = Infinity, hulls = true, lit = null }) {
  const [beside, above] = [Math.round(seen.width * margin), Math.round(seen.height * margin)];
  const place = {
    x: seen.x + beside,
    y: seen.y + above,
    scale: seen.scale,
    width: seen.width + 2 * beside,
    height: seen.height + 2 * above,
    ratio,
  };
  const [x, y, scale] = [place.x * ratio, place.y * ratio, seen.scale * ratio];
  return {
    x,
    y,
    scale,
    width: Math.max(1, Math.round(place.width * ratio)),
    height: Math.max(1, Math.round(place.height * ratio)),
    ...looks(seen.scale, ratio),
    most,
    hulls: hulls ? hullJob({ x, y, scale, width: seen.width * ratio, height: seen.height * ratio }) : [],
    lit: lit && litJob(lit, ratio),
    place,
  };
}

// How dots and lines look at a scale.
function looks(scale, ratio) {
  const { alpha, meant } = lineStrength(scale);
  return {
    dots: dotGrowth(scale) * ratio,
    least: LEAST_DOT * ratio,
    halo: 0.8 * ratio,
    paper: pixelOf(themeColor('paper')),
    line: pixelOf(plainLine()),
    inks: Uint32Array.from(relations, (row) => (row.s ? pixelOf(lineColor(row)) : 0)),
    plain: Math.round(alpha * 256),
    meant: Math.round(meant * 256),
    thick: ratio >= 1.5 ? 2 : 1,
    reach: 140 * ratio,
  };
}

// Corners cut off, twice as many points: what a pen does with curves.
function rounded(points) {
  const made = new Float32Array(points.length * 2);
  for (let at = 0; at < points.length; at += 2) {
    const next = (at + 2) % points.length;
    for (let axis = 0; axis < 2; axis += 1) {
      made[2 * at + axis] = 0.75 * points[at + axis] + 0.25 * points[next + axis];
      made[2 * at + 2 + axis] = 0.25 * points[at + axis] + 0.75 * points[next + axis];
    }
  }
  return made;
}

const hullJob = (seen) =>
  hullsNow(seen).map(({ points, color, clear }) => ({
    points: rounded(points),
    color: pixelOf(color),
    ...hullStrength(clear),
  }));

// What is lit, as the raster wants it: hundreds of lines at one node stay a fan, and do not become a blot.
function litJob({ dots, edges: lines, marks }, ratio) {
  const near = Math.min(2, Math.max(0.7, view.scale ** 0.5)) * ratio;
  const many = Math.min(1, (MANY_LIT / (lines.length + 1)) ** 0.3);
  const mark = (node) => (marks && marks.get(node)) || {};
  return {
    dots,
    edges: lines,
    dim: Math.round(DIMMED * 256),
    colors: Uint32Array.from(dots, (node) => (mark(node).color ? pixelOf(mark(node).color) : 0)),
    sizes: Float32Array.from(dots, (node) => (mark(node).size || 0) * ratio),
    plain: Math.round(LIT.alpha * many * 256),
    meant: Math.round(LIT.meant * many * 256),
    thick: Math.max(1, Math.round(1.1 * near)),
    bold: Math.max(1, Math.round(1.9 * near)),
  };
}
