// The picture: the map (as a tile while there is much of it, line by line where there is little), what is lit, names.

import { nodeCount, nodes } from '../base/data.js';
import { byId, calm } from '../base/dom.js';
import { hullStrength, hullsNow } from './hulls.js';
import { LABEL_TIME, drawLabels, placeLabels, relabel, writeLabels } from './labels.js';
import { litNow } from '../seeing/lit.js';
import { DIMMED, drawMarks, drawOver } from './over.js';
import { startPaper } from './paper.js';
import { isCarrying, whenPinned } from '../seeing/pins.js';
import { fewOf, forgetScene, litNear, sceneNow } from '../seeing/scene.js';
import { drawDots, drawHull, drawLines } from './shapes.js';
import { whenChanged } from '../base/state.js';
import { themeChanged, themeColor } from '../base/theme.js';
import { askTile, drawnHere, forget, hasWorker, isDrawing, jobFor, lineStrength, startTiles } from './tiles.js';
import { isMoving, view, whenLaid, whenMoved, wholeScale } from '../seeing/view.js';
import { shownNodes } from '../seeing/visible.js';

const PASSING = 0.3; // how strong lines are that only pass through, beside those that end here
const EVERY = 120; // milliseconds between tiles while the view moves
const SETTLED = 140;
const TILE_MARGIN = 0.22;
const FIRST_LINES = 3000;
const BACKDROP_AFTER = 300;
const LIGHTING = 140;
const SLOW = 21; // milliseconds between frames

const NOTHING = { dots: [], edges: [] };

const canvas = byId('picture');
const pen = canvas.getContext('2d', { alpha: false });
let tile = null;
let backdrop = null; // the whole map, for where the tile does not reach
let litTile = null; // the same as `tile`, dimmed, with what is lit, if that is much
let version = 0; // of what is drawn: tiles of an older one are stale
let askedAt = -1e9;
let movedAt = -1e9;
let settling = 0;
let frame = 0;
let light = 0; // 0 … 1
let lightAt = 0;
let lastLit = null;
let firstPaintAt = 0;
let coarse = 0; // 1: scaled without smoothing, 2: and in fewer pixels, while the view moves on a slow machine
let pace = 0; // milliseconds between frames, of late
let paintedAt = 0;

export const firstPaint = () => firstPaintAt;
const fullRatio = () => Math.min(3, window.devicePixelRatio || 1);
const ratioNow = () => (coarse > 1 ? 1 : fullRatio());

function soon() {
  if (!frame) frame = requestAnimationFrame(paintNow);
}

function paintNow() {
  frame = 0;
  paintPicture(performance.now());
}

// ---------------------------------------------------------------- much: tiles

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
  pen.imageSmoothingEnabled = !exact && !coarse;
  pen.drawImage(
    held.picture,
    left,
    top,
    exact ? held.picture.width / ratio : held.width * factor,
    exact ? held.picture.height / ratio : held.height * factor,
  );
}

function drawTiles() {
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

// Whether a tile has to be made anew: it is old, or does not reach far enough, or not as fine as it could be.
const isStale = (held, moving, now) => !isFresh(held) || (!isCrisp(held) && !(moving && now - askedAt < EVERY));

// Has the tile made that is needed the most: that of what is lit, then that of the map by itself.
function renew(now, lit, plain) {
  const moving = now - movedAt < SETTLED;
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
  askTile(Object.assign(job, { version, use, source }));
}

function later() {
  clearTimeout(settling);
  settling = setTimeout(soon, SETTLED + 20);
}

// Whether what is seen is as fine as it gets, and nothing moves.
export function isSettled() {
  if (frame || isMoving() || coarse) return false;
  const lit = litNow();
  if (lit && !litNear(lit).few && !(litTile?.lit === lit && isCrisp(litTile))) return false;
  return sceneNow() !== null || isCrisp(tile);
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

function arrivedTile(made) {
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

// ---------------------------------------------------------------- little: line by line

function drawScene(to, { nodes: some, lines, passing }) {
  to.fillStyle = themeColor('paper');
  to.fillRect(0, 0, view.width, view.height);
  for (const hull of hullsNow()) drawHull(to, hull, hullStrength(hull.clear));
  const { alpha, meant } = lineStrength();
  drawLines(to, passing, { alpha: alpha * PASSING, meant: meant * PASSING, arrows: false });
  drawLines(to, lines, { alpha, meant });
  drawDots(to, some);
}

// ---------------------------------------------------------------- the whole

// A machine that cannot keep up while the view moves draws more coarsely until it rests.
function keepPace(now) {
  const moving = now - movedAt < SETTLED;
  const gap = now - paintedAt;
  paintedAt = now;
  if (!moving) {
    coarse = 0;
    pace = 0;
    return;
  }
  if (gap < 200) pace = pace ? pace * 0.75 + gap * 0.25 : gap;
  if (pace < SLOW || coarse > (fullRatio() > 1 ? 1 : 0)) return;
  coarse += 1;
  pace = 0;
}

function fitCanvas() {
  const ratio = ratioNow();
  const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
}

// The light comes on and goes out within a moment.
function lighten(now) {
  if (light === 0 || light === 1) lightAt = Math.max(lightAt, now - 16);
  const lit = litNow();
  if (lit) lastLit = lit;
  const wanted = lit ? 1 : 0;
  const step = calm.matches ? 1 : (now - lightAt) / LIGHTING;
  light = wanted > light ? Math.min(wanted, light + step) : Math.max(wanted, light - step);
  lightAt = now;
  return lit || (light > 0 ? lastLit : null);
}

function paintPicture(now) {
  keepPace(now);
  fitCanvas();
  const few = sceneNow();
  const still = now - movedAt >= SETTLED;
  const lit = lighten(now);
  const near = lit && litNear(lit);
  const over = renewed(now, few, lit, near);
  if (over && light === 1) drawGround(over);
  else drawLive(few?.light || still ? few : null, lit, near, over);
  if (over) blitLit(over);
  nameIt(now, still ? LABEL_TIME.still : LABEL_TIME.moving);
  if (light === 0) litTile = replaced(litTile, null);
}

// Has tiles made for when the view moves, and returns that of what is lit, if this is much.
function renewed(now, few, lit, near) {
  const isMuch = lit && !near.few;
  if (!isCarrying()) renew(now, isMuch && litNow() ? lit : null, !few?.light);
  return isMuch ? litTileOf(lit) : null;
}

function nameIt(now, time) {
  placeLabels(now, litNow(), hullsNow, time);
  if (drawLabels(pen, now) || light !== (litNow() ? 1 : 0)) soon();
}

// The map, line by line if there are few, with what is lit over it; `over` is a picture of that, which comes later.
function drawLive(few, lit, near, over) {
  if (few) drawScene(pen, few);
  else drawTiles();
  if (!lit) drawOver(pen, lit, light, lit);
  else if (near.few) drawOver(pen, lit, light, near);
  else drawOver(pen, lit, light, over ? NOTHING : fewOf(near));
}

// The picture of what is lit, or one that was of much the same: a search that goes on, days that pass.
function litTileOf(lit) {
  if (!litTile || isCarrying()) return null;
  const was = litTile.lit;
  return was === lit || (was.kind === lit.kind && was.centre === lit.centre) ? litTile : null;
}

// What is beside the picture of what is lit: the whole map, as dim.
function drawGround(over) {
  if (covers(over)) return;
  pen.fillStyle = themeColor('paper');
  pen.fillRect(0, 0, view.width, view.height);
  if (!backdrop || backdrop.version !== version) return;
  pen.globalAlpha = 1 - DIMMED;
  blit(backdrop);
  pen.globalAlpha = 1;
}

function blitLit(held) {
  pen.globalAlpha = light;
  blit(held);
  pen.globalAlpha = 1;
  drawMarks(pen);
}

// Draws what is seen into another canvas of view.width * ratio by view.height * ratio pixels.
export function drawInto(context, { ratio = 1 } = {}) {
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const few = sceneNow();
  if (few) drawScene(context, few);
  else context.drawImage(drawnHere(jobFor({ ratio })).picture, 0, 0, view.width, view.height);
  drawOver(context, litNow(), litNow() ? 1 : 0);
  writeLabels(context);
  context.restore();
}

// Nodes stand elsewhere; while one is carried, only what is drawn live goes with it.
function moved() {
  relabel();
  if (isCarrying()) return soon();
  forget('x', 'y');
  return drawAnew();
}

// Another screen, or another zoom of the browser.
function watchRatio() {
  const now = matchMedia(`(resolution: ${window.devicePixelRatio || 1}dppx)`);
  now.addEventListener(
    'change',
    () => {
      soon();
      watchRatio();
    },
    { once: true },
  );
}

function drawAnew() {
  version += 1;
  forgetScene();
  soon();
}

// As it is drawn on the screen, with all names at once.
function repaint() {
  themeChanged();
  fitCanvas();
  placeLabels(performance.now(), litNow(), hullsNow, LABEL_TIME.paper);
  drawInto(pen, { ratio: ratioNow() });
}

export function startDraw() {
  startTiles(arrivedTile);
  listenToView();
  whenChanged(['shown'], () => {
    forget('nodeShown', 'edgeShown');
    drawAnew();
  });
  whenChanged(['themed', 'size'], drawAnew);
  whenChanged(['hovered', 'way', 'found', 'marked', 'selected', 'depth'], soon);
  watchRatio();
  startPaper(repaint);
  paintFirst();
}

function listenToView() {
  whenMoved(() => {
    movedAt = performance.now();
    soon();
    later();
  });
  whenPinned(moved);
  whenLaid(moved);
}

// Names and hulls of a large map come a moment later.
function paintFirst() {
  if (sceneNow()) paintPicture(performance.now());
  else {
    const job = jobFor({ ratio: Math.min(ratioNow(), 1.25), most: FIRST_LINES, hulls: false });
    tile = drawnHere(Object.assign(job, { version: -1 }));
    fitCanvas();
    drawTiles();
  }
  requestAnimationFrame(() =>
    setTimeout(() => {
      firstPaintAt = performance.now();
      soon();
    }, 0),
  );
}
