// The map as a picture, somewhat larger than the window: made by a worker, or by the page itself where there is none.

import { pixelColors } from '../seeing/colors.js';
import { edges, nodes } from '../base/data.js';
import { byId } from '../base/dom.js';
import { rasterised } from './raster.js';
import { state } from '../base/state.js';
import { shownEdges, shownNodes } from '../seeing/visible.js';

let worker = null; // null: the page draws
let running = null; // the job that is being done
let nextJob = null; // the one after it: a newer takes the place of an older
let tileReady = () => {};
let heldThere = {}; // what the worker knows
let jobs = 0;

// Columns that are altered in place, and have to be told again.
const stale = new Set();

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

export function queueTile(job) {
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
