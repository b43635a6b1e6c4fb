// The map as tiles, while there is much of it: which tile is drawn, and when it is drawn again.

import { nodeCount, nodes } from '../base/data.js';
import { fullRatio, isCoarse, isMovingAt, later, pen, ratioNow, soon } from './frames.js';
import { DIMMED, drawMarks } from './over.js';
import { isCarrying } from '../seeing/pins.js';
import { sceneNow } from '../seeing/scene.js';
import { themeColor } from '../base/theme.js';
import { jobFor } from './jobs.js';
import { drawnHere, hasWorker, isDrawing, queueTile } from './tiles.js';
import { wholeScale } from '../seeing/fit.js';
import { view } from '../seeing/view.js';
import { shownNodes } from '../seeing/visible.js';

const EVERY = 120; // milliseconds between tiles while the view moves
const TILE_MARGIN = 0.22;
const FIRST_LINES = 3000;
const BACKDROP_AFTER = 300;

let tile = null;
let backdrop = null; // the whole map, for where the tile does not reach
let litTile = null; // the same as `tile`, dimmed, with what is lit, if that is much
let version = 0; // of what is drawn: tiles of an older one are stale
let askedAt = -1e9;

function covers(held) {
  const factor = view.scale / held.scale;
  const [left, top] = [view.x - held.x * factor, view.y - held.y * factor];
  return (
    left <= 0.5 &&
    top <= 0.5 &&
    left + held.width * factor >= view.width - 0.5 &&
    top + held.height * factor >= view.height - 0.5
  );
}

function blit(held) {
  const factor = view.scale / held.scale;
  const ratio = ratioNow();
  const exact = Math.abs(factor - 1) < 1e-9 && held.ratio === ratio;
  let [left, top] = [view.x - held.x * factor, view.y - held.y * factor];
  if (exact) [left, top] = [Math.round(left * ratio) / ratio, Math.round(top * ratio) / ratio];
  pen.imageSmoothingEnabled = !exact && !isCoarse();
  pen.drawImage(
    held.picture,
    left,
    top,
    exact ? held.picture.width / ratio : held.width * factor,
    exact ? held.picture.height / ratio : held.height * factor,
  );
}

export function drawTiles() {
  const whole = tile && covers(tile);
  if (!whole) {
    pen.fillStyle = themeColor('paper');
    pen.fillRect(0, 0, view.width, view.height);
    if (backdrop && backdrop.version === version) blit(backdrop);
  }
  if (tile) blit(tile);
}

const isFresh = (held) => Boolean(held) && held.version === version && covers(held);
const isCrisp = (held) => isFresh(held) && held.ratio === fullRatio() && Math.abs(held.scale / view.scale - 1) < 1e-6;

// Whether to make a tile again: it is old, covers too little, or could be finer.
const isStale = (held, moving, now) => !isFresh(held) || (!isCrisp(held) && !(moving && now - askedAt < EVERY));

// Has the tile made that is needed the most: that of what is lit, then that of the map by itself.
export function renew(now, lit, plain) {
  const moving = isMovingAt(now);
  const use = tileNeeded(now, moving, lit, plain);
  if (!use) return;
  if (!mustWait(now, moving)) {
    askedAt = now;
    const source = use === 'lit' ? lit : null;
    const ratio = moving ? Math.min(fullRatio(), 1.25) : fullRatio();
    ask(jobFor({ ratio, margin: hasWorker() ? TILE_MARGIN : 0.05, lit: source }), use, source);
  }
  later();
}

// 'lit', 'tile', or nothing.
function tileNeeded(now, moving, lit, plain) {
  if (lit && (litTile?.lit !== lit || isStale(litTile, moving, now))) return 'lit';
  const isWanted = plain && !(lit && moving);
  return isWanted && isStale(tile, moving, now) ? 'tile' : '';
}

const mustWait = (now, moving) =>
  (tile && now - askedAt < EVERY) || isDrawing() || (!hasWorker() && moving && Boolean(tile));

function ask(job, use, source = null) {
  queueTile(Object.assign(job, { version, use, source }));
}

function askBackdrop() {
  if (!hasWorker() || sceneNow() || (backdrop && backdrop.version === version)) return;
  if (isDrawing()) {
    setTimeout(askBackdrop, BACKDROP_AFTER);
    return;
  }
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let node = 0; node < nodeCount; node += 1) {
    if (!shownNodes[node]) continue;
    [left, right] = [Math.min(left, nodes.x[node]), Math.max(right, nodes.x[node])];
    [top, bottom] = [Math.min(top, nodes.y[node]), Math.max(bottom, nodes.y[node])];
  }
  if (left > right) return;
  const scale = Math.min(wholeScale, 1600 / (right - left + 200), 1600 / (bottom - top + 200));
  const seen = {
    scale,
    x: (100 - left) * scale,
    y: (100 - top) * scale,
    width: (right - left + 200) * scale,
    height: (bottom - top + 200) * scale,
  };
  ask(jobFor({ seen, ratio: 1 }), 'backdrop');
}

export function arrivedTile(made) {
  if (made.use === 'backdrop') {
    backdrop = replaced(backdrop, made);
    return;
  }
  soon();
  if (made.use === 'lit') {
    litTile = replaced(litTile, made);
    return;
  }
  const missing = !backdrop || backdrop.version !== version;
  tile = replaced(tile, made);
  if (missing && isCrisp(tile)) setTimeout(askBackdrop, BACKDROP_AFTER);
}

function replaced(old, made) {
  if (old?.picture.close) old.picture.close();
  return made;
}

// Something else is shown, or looks different: all tiles are stale.
export function forgetTiles() {
  version += 1;
}

export function forgetLitTile() {
  litTile = replaced(litTile, null);
}

export const isTileCrisp = () => isCrisp(tile);
export const isLitTileCrisp = (lit) => litTile?.lit === lit && isCrisp(litTile);

// The first tile is made here, for the worker is not yet there; names and hulls come a moment later.
export function makeFirstTile() {
  const job = jobFor({ ratio: Math.min(ratioNow(), 1.25), most: FIRST_LINES, hulls: false });
  tile = drawnHere(Object.assign(job, { version: -1 }));
}

// The picture of what is lit, or one that was of much the same: a search that goes on, days that pass.
export function litTileOf(lit) {
  if (!litTile || isCarrying()) return null;
  const was = litTile.lit;
  return was === lit || (was.kind === lit.kind && was.centre === lit.centre) ? litTile : null;
}

// What is beside the picture of what is lit: the whole map, as dim.
export function drawGround(over) {
  if (covers(over)) return;
  pen.fillStyle = themeColor('paper');
  pen.fillRect(0, 0, view.width, view.height);
  if (!backdrop || backdrop.version !== version) return;
  pen.globalAlpha = 1 - DIMMED;
  blit(backdrop);
  pen.globalAlpha = 1;
}

export function blitLit(held, light) {
  pen.globalAlpha = light;
  blit(held);
  pen.globalAlpha = 1;
  drawMarks(pen);
}
