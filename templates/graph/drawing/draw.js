// The picture: the map (as a tile while there is much of it, line by line where there is little), what is lit, names.

import { calm } from '../base/dom.js';
import { drawDots } from './dots.js';
import {
  fitCanvas,
  isCoarse,
  isFrameAwaited,
  isMovingAt,
  keepPace,
  pen,
  ratioNow,
  soon,
  startFrames,
  viewMoved,
} from './frames.js';
import { drawHull, hullStrength, hullsNow } from './hulls.js';
import { LABEL_TIME, drawLabels, placeLabels, relabel, writeLabels } from './labels.js';
import { drawLines } from './lines.js';
import { litNow } from '../seeing/lit.js';
import { drawOver } from './over.js';
import { startPaper } from './paper.js';
import { isCarrying, whenPinned } from '../seeing/pins.js';
import { fewOf, forgetScene, litNear, sceneNow } from '../seeing/scene.js';
import { whenChanged } from '../base/state.js';
import { themeChanged, themeColor } from '../base/theme.js';
import {
  arrivedTile,
  blitLit,
  drawGround,
  drawTiles,
  forgetLitTile,
  forgetTiles,
  isLitTileCrisp,
  isTileCrisp,
  litTileOf,
  makeFirstTile,
  renew,
} from './tiled.js';
import { jobFor } from './jobs.js';
import { lineStrength } from './strength.js';
import { drawnHere, forget, startTiles } from './tiles.js';
import { isMoving } from '../seeing/flight.js';
import { whenLaid } from '../seeing/stretch.js';
import { view, whenMoved } from '../seeing/view.js';

const PASSING = 0.3; // how strong lines are that only pass through, beside those that end here
const LIGHTING = 140;

const NOTHING = { dots: [], edges: [] };

let light = 0; // 0 … 1
let lightAt = 0;
let lastLit = null;
let firstPaintAt = 0;

export const firstPaint = () => firstPaintAt;

// Whether what is seen is as fine as it gets, and nothing moves.
export function isSettled() {
  if (isFrameAwaited() || isMoving() || isCoarse()) return false;
  const lit = litNow();
  if (lit && !litNear(lit).few && !isLitTileCrisp(lit)) return false;
  return sceneNow() !== null || isTileCrisp();
}

function drawScene(to, { nodes: some, lines, passing }) {
  to.fillStyle = themeColor('paper');
  to.fillRect(0, 0, view.width, view.height);
  for (const hull of hullsNow()) drawHull(to, hull, hullStrength(hull.clear));
  const { alpha, meant } = lineStrength();
  drawLines(to, passing, { alpha: alpha * PASSING, meant: meant * PASSING, arrows: false });
  drawLines(to, lines, { alpha, meant });
  drawDots(to, some);
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
  const still = !isMovingAt(now);
  const lit = lighten(now);
  const near = lit && litNear(lit);
  const over = renewed(now, few, lit, near);
  if (over && light === 1) drawGround(over);
  else drawLive(few?.light || still ? few : null, lit, near, over);
  if (over) blitLit(over, light);
  nameIt(now, still ? LABEL_TIME.still : LABEL_TIME.moving);
  if (light === 0) forgetLitTile();
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
  forgetTiles();
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
  startFrames(paintPicture);
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
  whenMoved(viewMoved);
  whenPinned(moved);
  whenLaid(moved);
}

function paintFirst() {
  if (sceneNow()) paintPicture(performance.now());
  else {
    makeFirstTile();
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
