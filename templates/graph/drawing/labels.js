// Names on the map: the most important first, none over another, and those that were there stay if they can.

import { MISSING, names, nodeCount, nodes } from '../base/data.js';
import { byId, calm } from '../base/dom.js';
import { mixed } from '../seeing/shades.js';
import { hullNameColor } from './hulls.js';
import { eachNodeIn } from '../seeing/pick.js';
import { NONE, state, whenChanged } from '../base/state.js';
import { PAGE_FONT, themeColor } from '../base/theme.js';
import { acrossOf, downOf, radiusOf, view, wholeScale } from '../seeing/view.js';
import { shownNodes } from '../seeing/visible.js';

const CELL_SIZE = 4;
const CANDIDATES = 520;
const ROOM = 11500; // square pixels of the window for each label
const FAR = 0.4; // the scale below which names grow fewer
const HUB_NEAR = 70; // a hull's name that is so near to the note it is called after stands for that as well
const BIG_DOTS = 160;
const BIG_DOT = 5;
const HUBS = 36; // so many of the most important may lie over small dots
const STAY = 0.2; // a name that was there competes as if it were so much more important
const LONGEST = 230;
const APPEARING = 170;
export const LABEL_TIME = { moving: 4, still: 24, paper: Infinity }; // milliseconds for making names in a frame
const NEAR_BY = 3; // from so many times the scale of the whole map on, the window holds a small part of it
const MOST_SPRITES = 700;
const CARDS_EVERY = 250;
const CARDS = '#legend, #panel, .zoom, .time-place';

let placedNames = []; // as last drawn, and for what
const placedFor = new Float64Array(8);
let placedLit = null;
let unsure = true; // whether something else has changed
let namesBefore = new Map(); // node → its label in the last picture
let taken = new Uint8Array(0);
let gridWidth = 0;
let gridHeight = 0;
let cornerX = 0; // the cells go with the map when it is dragged, so that names do not change for being dragged
let cornerY = 0;
let patience = Infinity; // until when names may be made in this frame
let hasty = false; // whether some were not
let cards = { at: -1e9, boxes: [] };
const sprites = new Map();
const labelOrder = [];
const lure = new Float32Array(nodeCount);
const nearBy = new Uint32Array(nodeCount);

// As last drawn: [{ node, text, x, y, size, bold }], x and y the middle of the text; NONE is the node of a hull's name.
export const labelsNow = () =>
  placedNames.map(({ node, text, x, y, size, bold }) => ({ node, text, x, y, size, bold }));

// ---------------------------------------------------------------- what is taken

function clearGrid() {
  gridWidth = Math.ceil(view.width / CELL_SIZE) + 2;
  gridHeight = Math.ceil(view.height / CELL_SIZE) + 2;
  cornerX = (((view.x % CELL_SIZE) + CELL_SIZE) % CELL_SIZE) - CELL_SIZE;
  cornerY = (((view.y % CELL_SIZE) + CELL_SIZE) % CELL_SIZE) - CELL_SIZE;
  if (taken.length < gridWidth * gridHeight) taken = new Uint8Array(gridWidth * gridHeight);
  else taken.fill(0);
}

// Whether something as weighty as `weight` is in a box; with `take`, something of this weight is put there. What lies
// outside the window counts as free. Small dots weigh less than names and large dots.
const [SMALL_DOT, FULL] = [1, 2];

function spaceTaken(left, top, right, bottom, take, weight = take ? FULL : SMALL_DOT) {
  const last = Math.min(gridHeight - 1, Math.floor((bottom - cornerY) / CELL_SIZE));
  const end = Math.min(gridWidth - 1, Math.floor((right - cornerX) / CELL_SIZE));
  const begin = Math.max(0, Math.floor((left - cornerX) / CELL_SIZE));
  for (let row = Math.max(0, Math.floor((top - cornerY) / CELL_SIZE)); row <= last; row += 1) {
    for (let cell = row * gridWidth + begin; cell <= row * gridWidth + end; cell += 1) {
      if (take) taken[cell] = Math.max(taken[cell], weight);
      else if (taken[cell] >= weight) return true;
    }
  }
  return false;
}

function takeCards(now) {
  if (now - cards.at > CARDS_EVERY) {
    const map = byId('map').getBoundingClientRect();
    const open = [...document.querySelectorAll(CARDS)].filter((card) => card.offsetParent);
    const boxes = open
      .map((card) => card.getBoundingClientRect())
      .map(({ left, top, right, bottom }) => [left - map.left, top - map.top, right - map.left, bottom - map.top]);
    cards = { at: now, boxes };
  }
  for (const [left, top, right, bottom] of cards.boxes) spaceTaken(left, top, right, bottom, true);
}

// ---------------------------------------------------------------- pictures of names

const measuring = document.createElement('canvas').getContext('2d');

// A name that is too long ends in an ellipsis; signs are not cut in two. How wide letters are is guessed here: to measure
// is slow, and is done once.
function shortened(text, size) {
  const flat = text.length < 80 ? text : text.slice(0, 160);
  let width = 0;
  let kept = '';
  for (const sign of flat) {
    width += (sign.codePointAt(0) > 0x2e7f ? 1 : 0.58) * size;
    if (width > LONGEST) return `${kept.trimEnd()}…`;
    kept += sign;
  }
  return kept.trim() || '–';
}

// Null if there is no time for it in this frame.
function sprite(key, text, { size, bold, color, spaced = false }) {
  const ratio = window.devicePixelRatio || 1;
  const found = sprites.get(key);
  if (found && found.ratio === ratio && found.color === color && found.size === size) return found;
  if (performance.now() > patience) {
    hasty = true;
    return null;
  }
  if (sprites.size > MOST_SPRITES) sprites.clear();
  const font = `${bold ? 600 : 400} ${size}px ${PAGE_FONT}`;
  const shown = shortened(text, size);
  measuring.font = font;
  if (spaced && 'letterSpacing' in measuring) measuring.letterSpacing = '0.4px';
  const width = Math.ceil(measuring.measureText(shown).width) + 8;
  if ('letterSpacing' in measuring) measuring.letterSpacing = '0px';
  const made = {
    text: shown,
    font,
    size,
    bold,
    color,
    ratio,
    spaced,
    width,
    height: Math.ceil(size * 1.5) + 4,
    picture: null,
  };
  sprites.set(key, made);
  return made;
}

function inked(label) {
  const picture = document.createElement('canvas');
  picture.width = Math.ceil(label.width * label.ratio);
  picture.height = Math.ceil(label.height * label.ratio);
  const pen = picture.getContext('2d');
  pen.scale(label.ratio, label.ratio);
  writeName(pen, label, label.width / 2, label.height / 2);
  return picture;
}

// A name with a rim of paper around it, centred on a point.
function writeName(pen, { text, font, color, spaced }, x, y) {
  pen.font = font;
  if (spaced && 'letterSpacing' in pen) pen.letterSpacing = '0.4px';
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.lineJoin = 'round';
  pen.lineWidth = 3.2;
  pen.strokeStyle = themeColor('paper');
  const strength = pen.globalAlpha;
  pen.globalAlpha = 0.86 * strength;
  pen.strokeText(text, x, y);
  pen.globalAlpha = strength;
  pen.fillStyle = color;
  pen.fillText(text, x, y);
  if (spaced && 'letterSpacing' in pen) pen.letterSpacing = '0px';
}

// ---------------------------------------------------------------- choosing and placing

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
  if (lit) {
    for (const node of lit.nodes) {
      if (inView(node)) lure[node] = labelOrder.push(node);
      if (labelOrder.length >= CANDIDATES) break;
    }
    return labelOrder;
  }
  if (view.scale > wholeScale * NEAR_BY) for (const node of nodesNearBy()) addCandidate(node);
  else for (let node = 0; node < nodeCount && labelOrder.length < CANDIDATES; node += 1) addCandidate(node);
  const last = labelOrder[labelOrder.length - 1];
  for (const node of namesBefore.keys()) {
    if (node <= last || node < 0 || !shownNodes[node] || !inView(node)) continue;
    lure[node] = CANDIDATES * STAY + node / nodeCount;
    labelOrder.push(node);
  }
  return labelOrder.sort((one, other) => lure[one] - lure[other]);
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

// Whether all is as it was when names were placed last; remembers how it is now.
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
  patience = performance.now() + time;
  const same = seenAsBefore();
  if (!hasty && !unsure && same && lit === placedLit) return placedNames;
  [placedLit, unsure, hasty] = [lit, false, false];
  clearGrid();
  takeCards(now);
  const next = [];
  const hubs = new Set();
  const some = candidates(lit);
  takeDots(some);
  if (!lit) placeHullNames(next, hullsOf(), hubs);
  const most = next.length + Math.max(12, (view.width * view.height) / (lit ? ROOM : roomNow()));
  const chosen = [state.hovered, state.selected, lit ? lit.centre : NONE];
  const first = chosen.find((node) => node !== NONE && shownNodes[node] && inView(node));
  if (first !== undefined) next.push(spotted(first, spriteOf(first, true), true));
  let turn = 0;
  for (const node of some) {
    if (next.length >= most) break;
    if (node === first || hubs.has(node)) continue;
    const made = spotted(node, spriteOf(node, false), false, (turn += 1) <= HUBS ? FULL : SMALL_DOT);
    if (made) next.push(made);
  }
  return keepLabels(now, next.filter(Boolean));
}

function placeHullNames(next, hulls, hubs) {
  for (const hull of hulls) {
    if (!hull.size || hull.clear < 0.06) continue;
    const size = Math.round(hull.size * 2) / 2;
    const label = sprite(`h${hull.hub}`, hull.name, { size, bold: true, color: hullNameColor(hull), spaced: true });
    if (!label) continue;
    const [half, tall] = [label.width / 2, size * 0.75];
    if (hull.x < 0 || hull.x > view.width) continue;
    const x = Math.min(view.width - half - 4, Math.max(half + 4, hull.x));
    const free = HULL_SPOTS.map((part) => hull.y + part * hull.radius).find(
      (y) => !spaceTaken(x - half - 4, y - tall - 2, x + half + 4, y + tall + 2, false),
    );
    if (free === undefined) continue;
    spaceTaken(x - half - 6, free - tall - 3, x + half + 6, free + tall + 3, true);
    if (names[hull.hub] === hull.name && Math.hypot(acrossOf(hull.hub) - x, downOf(hull.hub) - free) < HUB_NEAR)
      hubs.add(hull.hub);
    next.push({
      node: NONE,
      hull: hull.hub,
      text: label.text,
      x,
      y: free,
      size,
      bold: true,
      spot: 0,
      label,
      born: 0,
      clear: hull.clear,
    });
  }
}

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
  let appearing = hasty;
  for (const label of placedNames) {
    const age = (now - label.born) / APPEARING;
    if (age < 1) appearing = true;
    const { label: made } = label;
    if (!made.picture) {
      if (performance.now() > patience) {
        label.born = now;
        appearing = true;
        continue;
      }
      made.picture = inked(made);
    }
    pen.globalAlpha = Math.max(0, Math.min(1, age)) * label.clear;
    const [left, top] = [label.x - made.width / 2, label.y - made.height / 2];
    pen.drawImage(
      made.picture,
      Math.round(left * made.ratio) / made.ratio,
      Math.round(top * made.ratio) / made.ratio,
      made.picture.width / made.ratio,
      made.picture.height / made.ratio,
    );
  }
  pen.globalAlpha = 1;
  return appearing;
}

// The same with letters instead of pictures of them, for pictures of any size.
export function writeLabels(pen) {
  for (const { label, x, y, clear } of placedNames) {
    pen.globalAlpha = clear;
    writeName(pen, label, x, y);
  }
  pen.globalAlpha = 1;
}

// Names are placed anew, though nothing has moved.
export function relabel() {
  cards.at = -1e9;
  unsure = true;
}

export function startLabels() {
  whenChanged(['size'], () => sprites.clear());
  whenChanged(['size', 'selected', 'shown', 'themed', 'mode', 'depth'], relabel);
}
