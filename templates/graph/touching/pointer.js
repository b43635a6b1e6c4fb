// The pointer on the map: drag, wheel, double click, pinch, long press, click.

import { nodes } from '../base/data.js';
import { byId } from '../base/dom.js';
import { nodeAt } from '../seeing/pick.js';
import { carry, isPinned, keepPins, letGo } from '../seeing/pins.js';
import { NONE, change, state } from '../base/state.js';
import { acrossOf, covered, downOf, fitAll, moveTo, panBy, radiusOf, view, zoomAbout, zoomBy } from '../seeing/view.js';

const STILL = 4; // pixels that a click may move
const LONG = 450;
const HANDLE = 5; // how large a dot must be drawn to be dragged
const WHEEL = 0.0017;
const PINCH_WHEEL = 0.01;
const LINE = 18;
const NOTCH = 40; // from here on, a wheel turns in notches, and the view glides
const STEP = 1.5;

const pointers = new Map(); // those that are down: id → { x, y }
let press = null; // { x, y, node, touch, moved, long, timer }
let tapped = false; // whether the touch that ends has chosen a node
let pinch = null; // { x, y, apart }

const slackOf = (touch) => (touch ? 16 : 3);

function pointOn(event) {
  const { left, top } = byId('picture').getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}

function hover(node) {
  byId('picture').classList.toggle('on-node', node !== NONE);
  change({ hovered: node });
}

// ---------------------------------------------------------------- down, move, up

function pressed(event) {
  if (event.button > 0) return;
  const point = pointOn(event);
  pointers.set(event.pointerId, point);
  byId('picture').setPointerCapture(event.pointerId);
  if (pointers.size > 1) {
    endPress(); // a node that is being carried stays where it has come to
    pinch = span();
    return;
  }
  const touch = event.pointerType === 'touch';
  const node = nodeAt(point.x, point.y, slackOf(touch));
  press = { ...point, node, touch, moved: false, long: false, timer: touch ? setTimeout(pressedLong, LONG) : 0 };
  if (touch && state.hovered !== NONE) change({ hovered: NONE });
}

// A finger that rests on a node does what hovering does, and may wander on to others.
function pressedLong() {
  if (!press || press.moved) return;
  press.long = true;
  if (press.node !== NONE) change({ hovered: press.node });
}

function movedPointer(event) {
  const point = pointOn(event);
  if (!pointers.has(event.pointerId)) {
    if (event.pointerType === 'mouse' || event.pointerType === 'pen') hover(nodeAt(point.x, point.y, slackOf(false)));
    return;
  }
  const before = pointers.get(event.pointerId);
  pointers.set(event.pointerId, point);
  if (pinch) pinched();
  else if (press) dragged(point, before);
}

function dragged(point, before) {
  if (press.long) {
    change({ hovered: nodeAt(point.x, point.y, slackOf(true)) });
    return;
  }
  if (!press.moved) {
    if (Math.hypot(point.x - press.x, point.y - press.y) <= STILL) return;
    press.moved = true;
    press.carries = canCarry();
    byId('picture').classList.add('held');
    change({ hovered: press.carries ? press.node : NONE });
    before = press;
  }
  const [dx, dy] = [point.x - before.x, point.y - before.y];
  if (press.carries) carry(press.node, nodes.x[press.node] + dx / view.scale, nodes.y[press.node] + dy / view.scale);
  else panBy(dx, dy);
}

// A node is dragged if it is large enough to be taken on purpose; a finger drags only the chosen one.
function canCarry() {
  return press.node !== NONE && radiusOf(press.node) >= HANDLE && (!press.touch || press.node === state.selected);
}

function released(event) {
  if (!pointers.delete(event.pointerId)) return;
  if (pinch) return letFingerGo();
  if (!press) return;
  const { node, moved, long, carries: carried } = press;
  endPress();
  const clicks = !carried && !moved && !long && event.type === 'pointerup';
  tapped = clicks && node !== NONE;
  if (clicks) choose(node);
}

// The finger that stays after a pinch moves the map on.
function letFingerGo() {
  pinch = pointers.size > 1 ? span() : null;
  if (pinch || !pointers.size) return;
  const [point] = pointers.values();
  press = { ...point, node: NONE, touch: true, moved: true, long: false, timer: 0, carries: false };
}

// A sheet may open under the finger that chose a node: the click that the browser makes of the touch is not for it.
function swallowTap(event) {
  if (tapped) event.preventDefault();
  tapped = false;
}

function endPress() {
  if (press?.carries) keepPins();
  if (press) clearTimeout(press.timer);
  press = null;
  byId('picture').classList.remove('held');
}

function choose(node) {
  change({ selected: node });
  if (node !== NONE)
    requestAnimationFrame(() => {
      if (underCard(node)) moveTo([node]);
    });
}

function underCard(node) {
  const { left, right, bottom } = covered();
  return acrossOf(node) < left || acrossOf(node) > view.width - right || downOf(node) > view.height - bottom;
}

// ---------------------------------------------------------------- two fingers

function span() {
  const [one, other] = [...pointers.values()];
  return {
    x: (one.x + other.x) / 2,
    y: (one.y + other.y) / 2,
    apart: Math.max(10, Math.hypot(one.x - other.x, one.y - other.y)),
  };
}

function pinched() {
  if (pointers.size < 2) return;
  const now = span();
  panBy(now.x - pinch.x, now.y - pinch.y);
  zoomAbout(now.x, now.y, now.apart / pinch.apart);
  pinch = now;
}

// ---------------------------------------------------------------- wheel and double click

function wheeled(event) {
  event.preventDefault();
  const unit = event.deltaMode === 1 ? LINE : event.deltaMode === 2 ? view.height : 1;
  const turn = Math.max(-400, Math.min(400, event.deltaY * unit));
  const { x, y } = pointOn(event);
  zoomAbout(x, y, Math.exp(-turn * (event.ctrlKey ? PINCH_WHEEL : WHEEL)), {
    gently: !event.ctrlKey && Math.abs(turn) >= NOTCH,
  });
}

// On a node that was put somewhere: it goes back. Elsewhere: nearer.
function doubled(event) {
  const { x, y } = pointOn(event);
  const node = nodeAt(x, y, slackOf(false));
  if (node !== NONE && isPinned(node)) letGo([node]);
  else zoomAbout(x, y, event.shiftKey ? 1 / 2 : 2, { gently: true });
}

function leftMap(event) {
  if (event.pointerType !== 'touch' && !press) hover(NONE);
}

export function startPointer() {
  const canvas = byId('picture');
  canvas.addEventListener('pointerdown', pressed);
  canvas.addEventListener('pointermove', movedPointer);
  canvas.addEventListener('pointerup', released);
  canvas.addEventListener('pointercancel', released);
  canvas.addEventListener('pointerleave', leftMap);
  canvas.addEventListener('wheel', wheeled, { passive: false });
  canvas.addEventListener('dblclick', doubled);
  canvas.addEventListener('touchend', swallowTap, { passive: false });
  canvas.addEventListener('contextmenu', (event) => event.preventDefault());
  byId('zoom-in').addEventListener('click', () => zoomBy(STEP));
  byId('zoom-out').addEventListener('click', () => zoomBy(1 / STEP));
  byId('fit').addEventListener('click', () => fitAll());
}
