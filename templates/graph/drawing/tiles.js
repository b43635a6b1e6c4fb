// The map as a picture, somewhat larger than the window: made by a worker, or by the page itself where there is none.

import { edges, nodes, relations } from '../base/data.js';
import { lineColor, pixelColors, plainLine } from '../seeing/colors.js';
import { pixelOf } from '../seeing/shades.js';
import { byId } from '../base/dom.js';
import { hullStrength, hullsNow } from './hulls.js';
import { DIMMED, LIT } from './over.js';
import { rasterised } from './raster.js';
import { state } from '../base/state.js';
import { themeColor } from '../base/theme.js';
import { LEAST_DOT, dotGrowth, view, wholeScale } from '../seeing/view.js';
import { shownEdges, shownMany, shownNodes } from '../seeing/visible.js';

const MANY_LIT = 600;

let worker = null; // null: the page draws
let running = null; // the job that is being done
let nextJob = null; // the one after it: a newer takes the place of an older
let tileReady = () => {};
let heldThere = {}; // what the worker knows
let jobs = 0;

const columnsNow = () => ({
  x: nodes.x,
  y: nodes.y,
  radius: nodes[state.size],
  color: pixelColors(),
  kind: nodes.kind,
  nodeShown: shownNodes,
  from: edges.from,
  to: edges.to,
  relation: edges.relation,
  edgeShown: shownEdges,
});

// ---------------------------------------------------------------- how lines look

// How strong plain lines are and how strong those that mean something: the more there are, the weaker; near by, stronger.
export function lineStrength(scale = view.scale) {
  const near = Math.min(3.6, Math.max(0.8, (scale / wholeScale) ** 0.5));
  const alpha = Math.min(0.45, Math.max(0.055, 0.45 * Math.min(1, 500 / (shownMany.edges + 1)) ** 0.42 * near));
  return { alpha, meant: Math.min(0.85, alpha * 1.8 * Math.min(1, (scale / 0.36) ** 0.3) + 0.04) };
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

// ---------------------------------------------------------------- jobs

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

// The picture of a job, made here and now, on a canvas.
export function drawnHere(job) {
  const sheet = document.createElement('canvas');
  sheet.width = job.width;
  sheet.height = job.height;
  const pixels = rasterised(columnsNow(), job, null);
  sheet
    .getContext('2d')
    .putImageData(
      new ImageData(new Uint8ClampedArray(pixels.buffer, 0, pixels.length * 4), job.width, job.height),
      0,
      0,
    );
  return { ...job.place, picture: sheet, version: job.version };
}

export function askTile(job) {
  job.number = jobs += 1;
  nextJob = job;
  if (!running) nextTile();
}

export const isDrawing = () => running !== null;
export const hasWorker = () => worker !== null;

function nextTile() {
  running = nextJob;
  nextJob = null;
  if (!running) return;
  if (!worker) {
    const job = running;
    running = null;
    tileReady({ ...drawnHere(job), use: job.use, lit: job.source });
    return;
  }
  const now = columnsNow();
  const columns = Object.fromEntries(
    Object.entries(now).filter(([name, held]) => heldThere[name] !== held || stale.has(name)),
  );
  stale.clear();
  heldThere = now;
  const { source: _source, ...job } = running;
  worker.postMessage({ columns, job });
}

// Columns that are altered in place, and have to be told again.
const stale = new Set();

export function forget(...columns) {
  for (const name of columns) stale.add(name);
}

function arrived({ data: { number, bitmap, failed } }) {
  if (failed) return withoutWorker();
  const job = running;
  if (!job || job.number !== number) return bitmap.close();
  running = null;
  tileReady({ ...job.place, picture: bitmap, version: job.version, use: job.use, lit: job.source });
  return nextTile();
}

function withoutWorker() {
  worker?.terminate();
  worker = null;
  if (running) nextJob ||= running;
  running = null;
  if (nextJob) setTimeout(nextTile, 0);
}

// `ready` gets every tile: { x, y, scale, width, height, ratio, picture, version, use, lit }.
export function startTiles(ready) {
  tileReady = ready;
  try {
    if (!window.Worker || !window.createImageBitmap) return;
    const address = URL.createObjectURL(new Blob([byId('worker').textContent], { type: 'text/javascript' }));
    worker = new Worker(address);
    worker.onmessage = arrived;
    worker.onerror = withoutWorker;
  } catch {
    worker = null;
  }
}
