// The view moves by itself: it flies to a place, or glides nearer and farther.

import { clearMiddle } from './covered.js';
import { calm } from '../base/dom.js';
import { putScale, putView, view } from './view.js';

const FLIGHT = 450;
let flight = null; // what moves the view by itself: a function of the time that says whether it is done

export const isMoving = () => flight !== null;

// The scale that the view glides to, or has.
export const scaleAhead = () => flight?.goal || view.scale;

export function stopMoving() {
  flight = null;
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

// To another scale, while the point (x, y) of the screen stays where it is.
export function glideAbout(x, y, goal) {
  let before = performance.now();
  const glide = (now) => {
    const share = 1 - Math.exp((before - now) / 55);
    before = now;
    const left = goal / view.scale;
    const done = Math.abs(Math.log(left)) < 0.004;
    putScale(x, y, done ? goal : view.scale * left ** share);
    return done;
  };
  glide.goal = goal;
  moveBy(glide);
}

// Fly to where the point (x, y) of the map is in the middle of what no card covers.
export function flyTo(x, y, scale) {
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
