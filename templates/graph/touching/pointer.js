// The pointer on the map: drag, long press, click.

import { covered } from '../seeing/covered.js';
import { nodes } from '../base/data.js';
import { byId } from '../base/dom.js';
import { moveTo, panBy } from '../seeing/moving.js';
import { nodeAt } from '../seeing/pick.js';
import { isPinching, lastPointer, liftPointer, pinched, pointerOf, putPointer, startPinch } from './pinch.js';
import { carry, keepPins } from '../seeing/pins.js';
import { pointOn, slackOf } from './point.js';
import { NONE, change, state } from '../base/state.js';
import { acrossOf, downOf, radiusOf, view } from '../seeing/view.js';

const STILL = 4; // pixels that a click may move
const LONG = 450;
const HANDLE = 5; // how large a dot must be drawn to be dragged
let press = null; // { x, y, node, touch, moved, long, timer }
let tapped = false; // whether the touch that ends has chosen a node

function hover(node) {
  byId('picture').classList.toggle('on-node', node !== NONE);
  change({ hovered: node });
}

function pressed(event) {
  if (event.button > 0) return;
  const point = pointOn(event);
  putPointer(event.pointerId, point);
  byId('picture').setPointerCapture(event.pointerId);
  if (startPinch()) return endPress(); // a node that is being carried stays where it has come to
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
  const before = pointerOf(event.pointerId);
  if (!before) {
    if (event.pointerType === 'mouse' || event.pointerType === 'pen') hover(nodeAt(point.x, point.y, slackOf(false)));
    return;
  }
  putPointer(event.pointerId, point);
  if (isPinching()) pinched();
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
  if (!liftPointer(event.pointerId)) return;
  if (isPinching()) return letFingerGo();
  if (!press) return;
  const { node, moved, long, carries: carried } = press;
  endPress();
  const clicks = !carried && !moved && !long && event.type === 'pointerup';
  tapped = clicks && node !== NONE;
  if (clicks) choose(node);
}

// The finger that stays after a pinch moves the map on.
function letFingerGo() {
  if (startPinch()) return;
  const point = lastPointer();
  if (point) press = { ...point, node: NONE, touch: true, moved: true, long: false, timer: 0, carries: false };
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
  canvas.addEventListener('touchend', swallowTap, { passive: false });
  canvas.addEventListener('contextmenu', (event) => event.preventDefault());
}
