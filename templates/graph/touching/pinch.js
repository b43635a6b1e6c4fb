// The pointers that are down on the map, and what two of them do.

import { panBy, zoomAbout } from '../seeing/moving.js';

const pointers = new Map(); // those that are down: id → { x, y }
let pinch = null; // { x, y, apart }

export const pointerOf = (id) => pointers.get(id);
export const lastPointer = () => [...pointers.values()].at(-1);
export const isPinching = () => pinch !== null;

export function putPointer(id, point) {
  pointers.set(id, point);
}

// Whether it was down.
export const liftPointer = (id) => pointers.delete(id);

// Pinches from here on if there are two, and tells whether there are.
export function startPinch() {
  pinch = pointers.size > 1 ? span() : null;
  return isPinching();
}

function span() {
  const [one, other] = [...pointers.values()];
  return {
    x: (one.x + other.x) / 2,
    y: (one.y + other.y) / 2,
    apart: Math.max(10, Math.hypot(one.x - other.x, one.y - other.y)),
  };
}

export function pinched() {
  if (pointers.size < 2) return;
  const now = span();
  panBy(now.x - pinch.x, now.y - pinch.y);
  zoomAbout(now.x, now.y, now.apart / pinch.apart);
  pinch = now;
}
