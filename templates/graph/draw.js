// The picture: the map (as a tile while there is much of it, line by line where there is little), what is lit, names.

import { edgeCount, edges, nodeCount, nodes, relations } from './data.js';
import { byId, calm } from './dom.js';
import { hullStrength, hullsNow } from './hulls.js';
import { drawLabels, placeLabels, relabel, writeLabels } from './labels.js';
import { litNow } from './lit.js';
import { drawOver } from './over.js';
import { eachNodeIn } from './pick.js';
import { whenPinned } from './pins.js';
import { drawDots, drawHull, drawLines } from './shapes.js';
import { whenChanged } from './state.js';
import { themeChanged, themeColor } from './theme.js';
import {
  askTile,
  countLines,
  drawnHere,
  forget,
  hasWorker,
  isDrawing,
  jobFor,
  lineStrength,
  startTiles,
} from './tiles.js';
import { isMoving, view, whenMoved, wholeScale } from './view.js';
import { shownEdges, shownNodes } from './visible.js';

const FEW_NODES = 320; // up to so many are drawn line by line …
const FEW_LINES = 1500; // … with up to so many lines …
const LIGHT_LINES = 900; // … and up to so many also while the view moves
const LONG_LINE = 0.45; // as a share of the window: longer ones come from afar
const PASSING = 0.3; // how strong lines are that only pass through, beside those that end here
const EVERY = 120; // milliseconds between tiles while the view moves
const SETTLED = 140;
const TILE_MARGIN = 0.22;
const FIRST_LINES = 3000;
const LIGHTING = 140;
const SLOW = 21; // milliseconds between frames
const AROUND = 0.25; // how far beyond the window things are gathered, as a share of it

const canvas = byId('picture');
const pen = canvas.getContext('2d', { alpha: false });
let tile = null;
let backdrop = null; // the whole map, for where the tile does not reach
let version = 0; // of what is drawn: tiles of an older one are stale
let scene = null; // what is near the window, if it is little
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

const isCrisp = () =>
  tile && tile.version === version && tile.ratio === fullRatio() && Math.abs(tile.scale / view.scale - 1) < 1e-6;

// Whether the tile has to be made anew: it is old, or does not reach far enough.
function renew(now) {
  const good = tile && tile.version === version && covers(tile);
  const moving = now - movedAt < SETTLED;
  if (good && (isCrisp() || (moving && now - askedAt < EVERY))) return;
  if (tile && now - askedAt < EVERY) return later();
  if (isDrawing()) return later();
  if (!hasWorker() && moving && tile) return later();
  askedAt = now;
  const ratio = fullRatio();
  const job = jobFor({ ratio: moving ? Math.min(ratio, 1.25) : ratio, margin: hasWorker() ? TILE_MARGIN : 0.05 });
  job.version = version;
  job.use = 'tile';
  askTile(job);
  later();
}

function later() {
  clearTimeout(settling);
  settling = setTimeout(soon, SETTLED + 20);
}

// Whether what is seen is as fine as it gets, and nothing moves.
export const isSettled = () =>
  !frame && !isMoving() && !coarse && (sceneNow() !== null || Boolean(isCrisp() && covers(tile)));

function askBackdrop() {
  if (!hasWorker() || scene) return;
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
  const job = jobFor({ seen, ratio: 1 });
  job.version = version;
  job.use = 'backdrop';
  askTile(job);
}

function arrivedTile(made) {
  if (made.use === 'backdrop') {
    backdrop = replaced(backdrop, made);
    return;
  }
  const missing = !backdrop || backdrop.version !== version;
  tile = replaced(tile, made);
  soon();
  if (missing && isCrisp()) setTimeout(askBackdrop, 300);
}

function replaced(old, made) {
  if (old && old.picture.close) old.picture.close();
  return made;
}

// ---------------------------------------------------------------- little: line by line

// Nodes and lines in and around the window, the least important first; null if they are many. What is gathered serves
// until the window leaves it.
function sceneNow() {
  if (scene && scene.version === version && inside(scene)) return scene.few ? scene : null;
  scene = gatheredScene();
  return scene.few ? scene : null;
}

function inside({ left, top, right, bottom, scale }) {
  const [x, y] = [-view.x / view.scale, -view.y / view.scale];
  if (left === -Infinity) return true;
  return (
    x >= left &&
    y >= top &&
    x + view.width / view.scale <= right &&
    y + view.height / view.scale <= bottom &&
    view.scale < scale * 1.8
  );
}

function gatheredScene() {
  const all = nodeCount <= FEW_NODES && edgeCount <= FEW_LINES;
  const [x, y, width, height] = [
    -view.x / view.scale,
    -view.y / view.scale,
    view.width / view.scale,
    view.height / view.scale,
  ];
  const box = all
    ? { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity }
    : {
        left: x - width * AROUND,
        top: y - height * AROUND,
        right: x + width * (1 + AROUND),
        bottom: y + height * (1 + AROUND),
      };
  const made = { ...box, version, scale: view.scale, few: false, light: all, nodes: [], lines: [], passing: [] };
  const most = all ? Infinity : FEW_NODES * 2;
  if (all) for (let node = 0; node < nodeCount; node += 1) shownNodes[node] && made.nodes.push(node);
  else {
    if ((width * height * (1 + 2 * AROUND) ** 2) / 400 > 4e6) return made;
    eachNodeIn(box.left, box.top, box.right, box.bottom, (node) => made.nodes.length <= most && made.nodes.push(node));
  }
  if (made.nodes.length > most) return made;
  const far = Math.max(width, height) * LONG_LINE;
  for (let edge = edgeCount - 1; edge >= 0; edge -= 1) {
    if (!shownEdges[edge] || !reaches(edge, box)) continue;
    const list = all || belongs(edge, box, far) ? made.lines : made.passing;
    list.push(edge);
    if (!all && list.length > FEW_LINES) return made;
  }
  made.nodes.sort((one, other) => other - one);
  made.light ||= made.lines.length + made.passing.length <= LIGHT_LINES;
  made.few = true;
  return made;
}

const holds = ({ left, top, right, bottom }, node) =>
  nodes.x[node] >= left && nodes.x[node] <= right && nodes.y[node] >= top && nodes.y[node] <= bottom;

// Whether a line is of what is seen: it ends here, and means something or does not come from afar.
function belongs(edge, box, far) {
  const [from, to] = [edges.from[edge], edges.to[edge]];
  if (!holds(box, from) && !holds(box, to)) return false;
  return (
    Boolean(relations[edges.relation[edge]].s) ||
    Math.hypot(nodes.x[from] - nodes.x[to], nodes.y[from] - nodes.y[to]) < far
  );
}

// Whether a line runs through a box.
function reaches(edge, { left, top, right, bottom }) {
  const [from, to] = [edges.from[edge], edges.to[edge]];
  const [x1, y1, x2, y2] = [nodes.x[from], nodes.y[from], nodes.x[to], nodes.y[to]];
  if ((x1 < left && x2 < left) || (x1 > right && x2 > right) || (y1 < top && y2 < top) || (y1 > bottom && y2 > bottom))
    return false;
  if (left === -Infinity) return true;
  const side = (x, y) => Math.sign((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1));
  const first = side(left, top);
  return (
    !(first && first === side(right, top) && first === side(left, bottom) && first === side(right, bottom)) || x1 === x2
  );
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
  if (few && (few.light || still)) drawScene(pen, few);
  else drawTiles();
  if (!few || !few.light) renew(now); // a tile is kept ready for when the view moves
  if (light === 0 || light === 1) lightAt = Math.max(lightAt, now - 16);
  const lit = lighten(now);
  drawOver(pen, lit, light);
  placeLabels(now, litNow(), hullsNow(), now - movedAt < SETTLED);
  if (drawLabels(pen, now) || light !== (litNow() ? 1 : 0)) soon();
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

function drawAnew() {
  version += 1;
  soon();
}

// ---------------------------------------------------------------- on paper

let themeBefore = null;

function toPaper() {
  themeBefore = document.documentElement.dataset.theme || '';
  document.documentElement.dataset.theme = 'light';
  document.documentElement.classList.add('on-paper');
  repaint();
}

function fromPaper() {
  if (themeBefore === null) return;
  if (themeBefore) document.documentElement.dataset.theme = themeBefore;
  else delete document.documentElement.dataset.theme;
  document.documentElement.classList.remove('on-paper');
  themeBefore = null;
  repaint();
}

function repaint() {
  themeChanged();
  fitCanvas();
  drawInto(pen, { ratio: ratioNow() });
}

export function startDraw() {
  countLines();
  startTiles(arrivedTile);
  whenMoved(() => {
    movedAt = performance.now();
    soon();
    later();
  });
  whenPinned(() => {
    forget('x', 'y');
    relabel();
    drawAnew();
  });
  whenChanged(['shown'], () => {
    countLines();
    forget('nodeShown', 'edgeShown');
    drawAnew();
  });
  whenChanged(['themed', 'size'], drawAnew);
  whenChanged(['hovered', 'way', 'found', 'marked', 'selected', 'depth'], soon);
  addEventListener('beforeprint', toPaper);
  addEventListener('afterprint', fromPaper);
  if (!sceneNow()) {
    // Names and hulls come a moment later.
    tile = drawnHere(
      Object.assign(jobFor({ ratio: Math.min(ratioNow(), 1.25), most: FIRST_LINES, hulls: false }), { version: -1 }),
    );
  }
  if (sceneNow()) paintPicture(performance.now());
  else {
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
