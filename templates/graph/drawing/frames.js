// When the picture is drawn: in the next frame, and again when the view has come to rest; and on what, how finely.

import { byId } from '../base/dom.js';
import { view } from '../seeing/view.js';

const SETTLED = 140;
const SLOW = 21; // milliseconds between frames

const canvas = byId('picture');
export const pen = canvas.getContext('2d', { alpha: false });
let paint = null; // what draws the picture
let frame = 0;
let settling = 0;
let movedAt = -1e9;
let paintedAt = 0;
let pace = 0; // milliseconds between frames, of late
let coarse = 0; // 1: scaled without smoothing, 2: and in fewer pixels, while the view moves on a slow machine

export function startFrames(painter) {
  paint = painter;
}

export function soon() {
  if (!frame) frame = requestAnimationFrame(paintNow);
}

function paintNow() {
  frame = 0;
  paint(performance.now());
}

export function later() {
  clearTimeout(settling);
  settling = setTimeout(soon, SETTLED + 20);
}

export function viewMoved() {
  movedAt = performance.now();
  soon();
  later();
}

export const isFrameAwaited = () => Boolean(frame);
export const isMovingAt = (now) => now - movedAt < SETTLED;
export const isCoarse = () => coarse > 0;
export const fullRatio = () => Math.min(3, window.devicePixelRatio || 1);
export const ratioNow = () => (coarse > 1 ? 1 : fullRatio());

// A machine that cannot keep up while the view moves draws more coarsely until it rests.
export function keepPace(now) {
  const gap = now - paintedAt;
  paintedAt = now;
  if (!isMovingAt(now)) {
    coarse = 0;
    pace = 0;
    return;
  }
  if (gap < 200) pace = pace ? pace * 0.75 + gap * 0.25 : gap;
  if (pace < SLOW || coarse > (fullRatio() > 1 ? 1 : 0)) return;
  coarse += 1;
  pace = 0;
}

export function fitCanvas() {
  const ratio = ratioNow();
  const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
}
