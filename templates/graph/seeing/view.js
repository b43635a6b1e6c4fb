// Where one looks: a point of the map is on the screen at map * scale + offset, in pixels of the page.

import { edgeCount, edges, nodeCount, nodes } from '../base/data.js';
import { byId, calm, phone } from '../base/dom.js';
import { state } from '../base/state.js';
import { shownEdges, shownNodes } from './visible.js';

export const view = { x: 0, y: 0, scale: 1, width: 1, height: 1 };

const MARGIN = 36;
const PHONE_MARGIN = 12;
const MOST_STRETCH = 1.35;
const LARGEST = 1.4; // at which a few notes are shown
const DEEPEST = 8;
const READING = 0.9;
export const LEAST_DOT = 0.9;
const FLIGHT = 450;
const followers = [];
let flight = null; // what moves the view by itself: a function of the time that says whether it is done
let farthest = 0.01;
let atHome = true; // whether all is in view as the page or `fitAll` showed it, and the reader has not moved since
export let wholeScale = 1; // at which all of the map is seen

const laidFollowers = [];

export const whenMoved = (follower) => followers.push(follower);
export const whenLaid = (follower) => laidFollowers.push(follower); // the map lies another way

// A screen that is higher than wide shows the map on its side, and somewhat stretched; 0: as it is.
let stretch = 0;

// A place as the layout has it, and as this screen has it.
export const upright = ([x, y]) => (stretch ? [y / stretch, x] : [x, y]);
export const laid = ([x, y]) => (stretch ? [y, x * stretch] : [x, y]);

function stretchFor(box) {
  if (view.height <= view.width * 1.2 || box.right - box.left <= box.bottom - box.top) return 0;
  const { width, height } = clearSize();
  return Math.min(MOST_STRETCH, Math.max(1, (height / width) * ((box.bottom - box.top) / (box.right - box.left))));
}

// Lays the map as the window is, and tells whether that is another way than before.
function layMap(heart) {
  const before = stretch;
  turnMap(0);
  turnMap(stretchFor(boxOf(heart)));
  return stretch !== before;
}

function turnMap(wanted) {
  if (wanted === stretch) return;
  const upRight = Array.from(nodes.x, (x, node) => upright([x, nodes.y[node]]));
  stretch = wanted;
  for (let node = 0; node < nodeCount; node += 1) [nodes.x[node], nodes.y[node]] = laid(upRight[node]);
}

// ---------------------------------------------------------------- from the map to the screen

// Dots shrink less than the map does, and grow less: far away they can be seen, and near by they make room.
export const dotGrowth = (scale) => (scale < 1 ? scale ** 0.82 : scale ** 0.48);

export const radiusOf = (node) => Math.max(LEAST_DOT, nodes[state.size][node] * dotGrowth(view.scale));
export const acrossOf = (node) => nodes.x[node] * view.scale + view.x;
export const downOf = (node) => nodes.y[node] * view.scale + view.y;
export const toScreen = (node) => ({ x: acrossOf(node), y: downOf(node), r: radiusOf(node) });

// ---------------------------------------------------------------- moving

function putView(x, y, scale) {
  Object.assign(view, { x, y, scale });
  for (const follower of followers) follower();
}

const within = (scale) => Math.min(DEEPEST, Math.max(farthest, scale));

export function panBy(dx, dy) {
  flight = null;
  atHome = false;
  putView(view.x + dx, view.y + dy, view.scale);
}

function zoomedAbout(x, y, scale) {
  const factor = scale / view.scale;
  putView(x - (x - view.x) * factor, y - (y - view.y) * factor, scale);
}

// Nearer or farther, while the point (x, y) of the screen stays where it is.
export function zoomAbout(x, y, factor, { gently = false } = {}) {
  atHome = false;
  const wanted = within((flight && flight.wanted ? flight.wanted : view.scale) * factor);
  if (!gently || calm.matches) {
    flight = null;
    zoomedAbout(x, y, wanted);
    return;
  }
  let before = performance.now();
  const glide = (now) => {
    const share = 1 - Math.exp((before - now) / 55);
    before = now;
    const left = wanted / view.scale;
    const done = Math.abs(Math.log(left)) < 0.004;
    zoomedAbout(x, y, done ? wanted : view.scale * left ** share);
    return done;
  };
  glide.wanted = wanted;
  moveBy(glide);
}

export function zoomBy(factor) {
  const { x, y } = clearMiddle();
  zoomAbout(x, y, factor, { gently: true });
}

function moveBy(next) {
  const running = flight !== null;
  flight = next;
  if (!running) requestAnimationFrame(flown);
}

function flown(now) {
  if (!flight) return;
  if (flight(now)) flight = null;
  else requestAnimationFrame(flown);
}

export const isMoving = () => flight !== null;

// Fly to where the point (x, y) of the map is in the middle of what no card covers.
function flyTo(x, y, scale) {
  const middle = clearMiddle();
  if (calm.matches || document.hidden) {
    flight = null;
    putView(middle.x - x * scale, middle.y - y * scale, scale);
    return;
  }
  const from = { x: (middle.x - view.x) / view.scale, y: (middle.y - view.y) / view.scale, scale: view.scale };
  const begun = performance.now();
  moveBy((now) => {
    const part = Math.min(1, Math.max(0, (now - begun) / FLIGHT));
    const eased = part * part * (3 - 2 * part);
    const at = from.scale * (scale / from.scale) ** eased;
    // The point runs as fast as it seems to on the screen: even while the scale changes.
    const run = Math.abs(scale - from.scale) < 1e-6 ? eased : (1 / from.scale - 1 / at) / (1 / from.scale - 1 / scale);
    putView(middle.x - (from.x + (x - from.x) * run) * at, middle.y - (from.y + (y - from.y) * run) * at, at);
    return part === 1;
  });
}

// ---------------------------------------------------------------- what is covered, and what fits

// The part of the map that no card covers, in pixels from its corners.
export function covered() {
  const [legend, panel] = [byId('legend'), byId('panel')];
  const open = (card) => !card.hidden;
  const wide = !phone.matches;
  return {
    left: wide && open(legend) ? legend.offsetLeft + legend.offsetWidth : 0,
    right: wide && open(panel) ? view.width - panel.offsetLeft : 0,
    bottom: wide ? 0 : Math.max(open(panel) ? panel.offsetHeight : 0, open(legend) ? legend.offsetHeight : 0),
  };
}

function clearMiddle() {
  const { left, right, bottom } = covered();
  return { x: (left + view.width - right) / 2, y: (view.height - bottom) / 2 };
}

function clearSize() {
  const { left, right, bottom } = covered();
  const margin = 2 * (phone.matches ? PHONE_MARGIN : MARGIN);
  return {
    width: Math.max(60, view.width - left - right - margin),
    height: Math.max(60, view.height - bottom - margin),
  };
}

function fitting(box, largest) {
  const { width, height } = clearSize();
  const scale = Math.min(
    width / Math.max(1, box.right - box.left),
    height / Math.max(1, box.bottom - box.top),
    largest,
  );
  return [(box.left + box.right) / 2, (box.top + box.bottom) / 2, scale];
}

function boxOf(some) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const node of some) {
    const size = nodes[state.size][node];
    box.left = Math.min(box.left, nodes.x[node] - size);
    box.right = Math.max(box.right, nodes.x[node] + size);
    box.top = Math.min(box.top, nodes.y[node] - size);
    box.bottom = Math.max(box.bottom, nodes.y[node] + size);
  }
  return box.left < Infinity ? box : { left: -1, right: 1, top: -1, bottom: 1 };
}

function shownOnes() {
  const found = [];
  for (let node = 0; node < nodeCount; node += 1) if (shownNodes[node]) found.push(node);
  return found;
}

// What to look at first: everything, or only what is tied together where lone nodes are the most.
function heartOfMap(all) {
  const isTied = new Uint8Array(nodeCount);
  for (let edge = 0; edge < edgeCount; edge += 1)
    if (shownEdges[edge]) isTied[edges.from[edge]] = isTied[edges.to[edge]] = 1;
  const tied = all.filter((node) => isTied[node]);
  return tied.length && tied.length < all.length * 0.6 ? tied : all;
}

export function fitAll() {
  flyTo(...fitting(boxOf(shownOnes()), LARGEST));
  atHome = true;
}

// Fly to one node (no nearer than one is, but near enough to read with `near`) or to several.
export function moveTo(some, { near = false } = {}) {
  if (!some.length) return;
  atHome = false;
  const [x, y, scale] = fitting(
    boxOf(some),
    some.length > 1 ? LARGEST : within(near ? Math.max(view.scale, READING) : view.scale),
  );
  flyTo(x, y, within(scale));
}

// Look so that a point of the map is in the middle: for a view that was kept.
export function lookAt(x, y, scale) {
  const middle = clearMiddle();
  flight = null;
  atHome = false;
  putView(middle.x - x * within(scale), middle.y - y * within(scale), within(scale));
}

export function lookedAt() {
  const middle = clearMiddle();
  return { x: (middle.x - view.x) / view.scale, y: (middle.y - view.y) / view.scale, scale: view.scale };
}

// ---------------------------------------------------------------- the window

function measureWindow() {
  const { clientWidth, clientHeight } = byId('map');
  const seen = { x: (view.width / 2 - view.x) / view.scale, y: (view.height / 2 - view.y) / view.scale };
  view.width = Math.max(1, clientWidth);
  view.height = Math.max(1, clientHeight);
  return seen;
}

function resized() {
  const { clientWidth, clientHeight } = byId('map');
  if (!clientWidth || (clientWidth === view.width && clientHeight === view.height)) return;
  const seen = measureWindow();
  if (atHome) return goHome();
  limitZoom();
  putView(view.width / 2 - seen.x * view.scale, view.height / 2 - seen.y * view.scale, view.scale);
}

// How far away one can go follows from the window and the map.
function limitZoom(all = shownOnes(), heart = heartOfMap(all)) {
  const [x, y, scale] = fitting(boxOf(heart), LARGEST);
  wholeScale = Math.min(heart === all ? scale : fitting(boxOf(all), LARGEST)[2], scale);
  farthest = wholeScale * 0.4;
  return [x, y, scale];
}

// As the page shows the map at first, in the window as it is now.
function goHome() {
  const all = shownOnes();
  const heart = heartOfMap(all);
  if (layMap(heart)) for (const follower of laidFollowers) follower();
  lookAt(...limitZoom(all, heart));
  atHome = true;
}

export function startView() {
  measureWindow();
  goHome();
  new ResizeObserver(resized).observe(byId('map'));
}
