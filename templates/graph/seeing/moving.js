// The ways to look elsewhere: by a distance, nearer and farther, at nodes, and at all of the map.

import { clearMiddle } from './covered.js';
import { calm } from '../base/dom.js';
import { LARGEST, boxOf, fitting, heartOfMap, limitZoom, shownOnes, within } from './fit.js';
import { flyTo, glideAbout, scaleAhead, stopMoving } from './flight.js';
import { layMap } from './stretch.js';
import { putScale, putView, view } from './view.js';

const READING = 0.9;
let atHome = true; // whether all is in view as the page or `fitAll` showed it, and the reader has not moved since

export const isAtHome = () => atHome;

export function panBy(dx, dy) {
  stopMoving();
  atHome = false;
  putView(view.x + dx, view.y + dy, view.scale);
}

// Nearer or farther, while the point (x, y) of the screen stays where it is.
export function zoomAbout(x, y, factor, { gently = false } = {}) {
  atHome = false;
  const scale = within(scaleAhead() * factor);
  if (gently && !calm.matches) return glideAbout(x, y, scale);
  stopMoving();
  return putScale(x, y, scale);
}

export function zoomBy(factor) {
  const { x, y } = clearMiddle();
  zoomAbout(x, y, factor, { gently: true });
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
  stopMoving();
  atHome = false;
  putView(middle.x - x * within(scale), middle.y - y * within(scale), within(scale));
}

export function lookedAt() {
  const middle = clearMiddle();
  return { x: (middle.x - view.x) / view.scale, y: (middle.y - view.y) / view.scale, scale: view.scale };
}

// As the page shows the map at first, in the window as it is now.
export function goHome() {
  const all = shownOnes();
  const heart = heartOfMap(all);
  layMap(heart);
  lookAt(...limitZoom(all, heart));
  atHome = true;
}
