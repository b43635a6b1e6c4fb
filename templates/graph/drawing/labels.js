// Names on the map: the most important first, none over another, and those that were there stay if they can.

import { MISSING, names, nodeCount, nodes } from '../base/data.js';
import { calm } from '../base/dom.js';
import { mixed } from '../seeing/shades.js';
import { hullNameColor } from './hulls.js';
import { allowUntil, forgetHaste, forgetSprites, inked, isHasty, isLate, sprite, writeName } from './letters.js';
import { FULL, SMALL_DOT, clearGrid, forgetCards, spaceTaken, takeCards } from './room.js';
import { eachNodeIn } from '../seeing/pick.js';
import { NONE, state, whenChanged } from '../base/state.js';
import { themeColor } from '../base/theme.js';
import { wholeScale } from '../seeing/fit.js';
import { acrossOf, downOf, radiusOf, view } from '../seeing/view.js';
import { shownNodes } from '../seeing/visible.js';

const CANDIDATES = 520;
const ROOM = 11500; // square pixels of the window for each label
const FAR = 0.4; // the scale below which names grow fewer
const HUB_NEAR = 70; // a hull's name that is so near to the note it is called after stands for that as well
const BIG_DOTS = 160;
const BIG_DOT = 5;
const HUBS = 36; // this number of the most important names may cover small dots
const STAY = 0.2; // a name that was there competes as if it were so much more important
const APPEARING = 170;
export const LABEL_TIME = { moving: 4, still: 24, paper: Infinity }; // milliseconds for making names in a frame
const NEAR_BY = 3; // above this multiple of the whole map's scale, the window shows a small part of it

let placedNames = []; // as last drawn, and for what
const placedFor = new Float64Array(8);
let placedLit = null;
let unsure = true; // whether something else has changed
let namesBefore = new Map(); // node → its label in the last picture
const labelOrder = [];
const lure = new Float32Array(nodeCount);
const nearBy = new Uint32Array(nodeCount);

// As last drawn: [{ node, text, x, y, size, bold }], x and y the middle of the text; NONE is the node of a hull's name.
export const labelsNow = () =>
  placedNames.map(({ node, text, x, y, size, bold }) => ({ node, text, x, y, size, bold }));

const sizeOf = (node) => Math.round(2 * (10 + Math.min(3, nodes[state.size][node] / 8))) / 2;

function spriteOf(node, bold) {
  const color =
    nodes.kind[node] === MISSING ? mixed(themeColor('missing'), themeColor('ink'), 0.25) : themeColor('ink');
  return sprite(node * 2 + (bold ? 1 : 0), names[node], { size: sizeOf(node) + (bold ? 1.5 : 0), bold, color });
}

function inView(node) {
  const [x, y] = [acrossOf(node), downOf(node)];
  return x > -40 && y > -20 && x < view.width + 40 && y < view.height + 20;
}

function candidates(lit) {
  labelOrder.length = 0;
  if (lit) return candidatesAmong(lit.nodes);
  if (view.scale > wholeScale * NEAR_BY) for (const node of nodesNearBy()) addCandidate(node);
  else for (let node = 0; node < nodeCount && labelOrder.length < CANDIDATES; node += 1) addCandidate(node);
  addNamesBefore();
  return labelOrder.sort((one, other) => lure[one] - lure[other]);
}

function candidatesAmong(some) {
  for (const node of some) {
    if (inView(node)) lure[node] = labelOrder.push(node);
    if (labelOrder.length >= CANDIDATES) break;
  }
  return labelOrder;
}

// Names that were there stay among them, though others are more important.
function addNamesBefore() {
  const last = labelOrder[labelOrder.length - 1];
  for (const node of namesBefore.keys()) {
    if (node <= last || node < 0 || !shownNodes[node] || !inView(node)) continue;
    lure[node] = CANDIDATES * STAY + node / nodeCount;
    labelOrder.push(node);
  }
}

function addCandidate(node) {
  if (labelOrder.length >= CANDIDATES || !shownNodes[node] || !inView(node)) return;
  lure[node] = namesBefore.has(node) ? labelOrder.length * STAY : labelOrder.length;
  labelOrder.push(node);
}

// Those in and around the window, the most important first, without a walk through all.
function nodesNearBy() {
  let many = 0;
  const [left, top] = [-(view.x + 40) / view.scale, -(view.y + 20) / view.scale];
  eachNodeIn(left, top, left + (view.width + 80) / view.scale, top + (view.height + 40) / view.scale, (node) => {
    nearBy[many++] = node;
  });
  return nearBy.subarray(0, many).sort();
}

// Whether nothing changed since names were last placed. It also remembers the present state.
function seenAsBefore() {
  const { x, y, scale, width, height } = view;
  const ratio = window.devicePixelRatio || 1;
  let same = true;
  for (const [at, value] of [x, y, scale, width, height, ratio, state.hovered, state.selected].entries()) {
    same &&= placedFor[at] === value;
    placedFor[at] = value;
  }
  return same;
}

const HULL_SPOTS = [0, -0.3, 0.3, -0.5, 0.5, -0.7, 0.7, -0.86, 0.86, -1.05, 1.05];

// Below its dot, above it, or beside it: where it was, if that is free, else the first free of these.
export const SPOTS = [
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
];

function spotted(node, label, force, weight = SMALL_DOT) {
  if (!label) return null;
  const size = radiusOf(node) + 1;
  const [x, y, half, tall] = [acrossOf(node), downOf(node), label.width / 2, label.size * 0.68];
  const kept = namesBefore.has(node) ? namesBefore.get(node).spot : 0;
  for (let turn = 0; turn < SPOTS.length; turn += 1) {
    const spot = (kept + turn) % SPOTS.length;
    const [across, down] = SPOTS[spot];
    const [cx, cy] = [x + across * (size + half), y + down * (size + tall)];
    const box = [cx - half - 2, cy - tall, cx + half + 2, cy + tall];
    const cut = cx - half < 0 || cx + half > view.width;
    if (!(force && turn === 0) && (cut || spaceTaken(...box, false, weight))) continue;
    spaceTaken(...box, true);
    return { node, text: label.text, x: cx, y: cy, size: label.size, bold: label.bold, spot, label, born: 0, clear: 1 };
  }
  return null;
}

// No name lies over the middle of a large dot.
function takeDots(some) {
  for (let turn = 0; turn < some.length; turn += 1) {
    const [x, y, size] = [acrossOf(some[turn]), downOf(some[turn]), radiusOf(some[turn]) * 0.55];
    if (size > (turn < BIG_DOTS ? 1.9 : 3.2))
      spaceTaken(x - size, y - size, x + size, y + size, true, size > BIG_DOT ? FULL : SMALL_DOT);
  }
}

// Far away, where much is small, fewer names are drawn than near by.
const roomNow = () => ROOM * (1 + 1.4 * Math.max(0, 1 - view.scale / FAR) ** 1.5);

// Decides which names are drawn, and where; returns them. `hullsOf` gives the hulls, `time` how long making names may take.
export function placeLabels(now, lit, hullsOf, time) {
  allowUntil(performance.now() + time);
  const same = seenAsBefore();
  if (!isHasty() && !unsure && same && lit === placedLit) return placedNames;
  [placedLit, unsure] = [lit, false];
  forgetHaste();
  clearGrid();
  takeCards(now);
  const some = candidates(lit);
  takeDots(some);
  const onHulls = lit ? [] : hullsOf().map(hullLabel).filter(Boolean);
  const most = Math.max(12, (view.width * view.height) / (lit ? ROOM : roomNow()));
  const hubs = new Set(onHulls.filter(standsForHub).map(({ hull }) => hull));
  return keepLabels(now, [...onHulls, ...nodeLabels(some, lit, hubs, most)]);
}

// At most `most` names of nodes: first that of the chosen one, then those of the most important.
function nodeLabels(some, lit, hubs, most) {
  const next = [];
  const first = chosenNode(lit);
  if (first !== undefined) next.push(spotted(first, spriteOf(first, true), true));
  let turn = 0;
  for (const node of some) {
    if (next.length >= most) break;
    if (node === first || hubs.has(node)) continue;
    const made = spotted(node, spriteOf(node, false), false, (turn += 1) <= HUBS ? FULL : SMALL_DOT);
    if (made) next.push(made);
  }
  return next.filter(Boolean);
}

function chosenNode(lit) {
  const chosen = [state.hovered, state.selected, lit ? lit.centre : NONE];
  return chosen.find((node) => node !== NONE && shownNodes[node] && inView(node));
}

// The label of a hull; null if there is no room for it.
function hullLabel(hull) {
  if (!hull.size || hull.clear < 0.06) return null;
  const size = Math.round(hull.size * 2) / 2;
  const label = sprite(`h${hull.hub}`, hull.name, { size, bold: true, color: hullNameColor(hull), spaced: true });
  if (!label || hull.x < 0 || hull.x > view.width) return null;
  const [half, tall] = [label.width / 2, size * 0.75];
  const x = Math.min(view.width - half - 4, Math.max(half + 4, hull.x));
  const y = HULL_SPOTS.map((part) => hull.y + part * hull.radius).find(
    (each) => !spaceTaken(x - half - 4, each - tall - 2, x + half + 4, each + tall + 2, false),
  );
  if (y === undefined) return null;
  spaceTaken(x - half - 6, y - tall - 3, x + half + 6, y + tall + 3, true);
  const { hub, name, clear } = hull;
  return { node: NONE, hull: hub, name, text: label.text, x, y, size, bold: true, spot: 0, label, born: 0, clear };
}

// Whether the name of a hull is that of the note it is called after, and near to it.
const standsForHub = ({ hull: hub, name, x, y }) =>
  names[hub] === name && Math.hypot(acrossOf(hub) - x, downOf(hub) - y) < HUB_NEAR;

function keepLabels(now, next) {
  const kept = new Map();
  for (const label of next) {
    const key = label.node === NONE ? -2 - label.hull : label.node;
    const old = namesBefore.get(key);
    label.born = old ? old.born : calm.matches || !placedNames.length ? -1e9 : now;
    kept.set(key, label);
  }
  namesBefore = kept;
  placedNames = next;
  return placedNames;
}

// Draws the names that were placed; true while a name is still appearing.
export function drawLabels(pen, now) {
  let appearing = isHasty();
  for (const label of placedNames) {
    if ((now - label.born) / APPEARING < 1) appearing = true;
    if (label.label.picture || !isLate()) drawLabel(pen, label, now);
    else {
      label.born = now;
      appearing = true;
    }
  }
  pen.globalAlpha = 1;
  return appearing;
}

function drawLabel(pen, { x, y, born, clear, label: made }, now) {
  made.picture ||= inked(made);
  const { picture, ratio, width, height } = made;
  pen.globalAlpha = Math.max(0, Math.min(1, (now - born) / APPEARING)) * clear;
  const [left, top] = [Math.round((x - width / 2) * ratio) / ratio, Math.round((y - height / 2) * ratio) / ratio];
  pen.drawImage(picture, left, top, picture.width / ratio, picture.height / ratio);
}

// The same with letters instead of pictures of them, for pictures of any size.
export function writeLabels(pen) {
  for (const { label, x, y, clear } of placedNames) {
    pen.globalAlpha = clear;
    writeName(pen, label, x, y);
  }
  pen.globalAlpha = 1;
}

// Place names again, although nothing has moved.
export function relabel() {
  forgetCards();
  unsure = true;
}

export function startLabels() {
  whenChanged(['size'], forgetSprites);
  whenChanged(['size', 'selected', 'shown', 'themed', 'mode', 'depth'], relabel);
}
