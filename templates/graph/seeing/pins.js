// Nodes that were put somewhere by hand: they keep that place, here and when the page is opened again.

import { index, nodeCount, nodes } from '../base/data.js';
import { byId, drawing, element, remembered } from '../base/dom.js';
import { pageKey } from '../base/home.js';
import { nodesMoved } from './pick.js';
import { count } from '../base/say.js';
import { laid, upright, whenLaid } from './stretch.js';

const PINS = pageKey('places');
const FARTHEST_PIN = 1e5;
const pinnedFrom = new Map(); // node → where the layout had put it, upright
const pinFollowers = [];
let unpinButton = null;
let carried = false;

export const pinned = () => pinnedFrom.keys();
export const isPinned = (node) => pinnedFrom.has(node);
export const whenPinned = (follower) => pinFollowers.push(follower);

export const isCarrying = () => carried;

const callPinFollowers = () => pinFollowers.forEach((follower) => follower());

function putDown() {
  carried = false;
  nodesMoved();
  callPinFollowers();
}

// While it is dragged: the place changes, and nothing is remembered yet.
export function carry(node, x, y) {
  if (!pinnedFrom.has(node)) pinnedFrom.set(node, upright([nodes.x[node], nodes.y[node]]));
  nodes.x[node] = x;
  nodes.y[node] = y;
  carried = true;
  callPinFollowers();
}

export function letGo(some = [...pinnedFrom.keys()]) {
  for (const node of some) {
    if (!pinnedFrom.has(node)) continue;
    [nodes.x[node], nodes.y[node]] = laid(pinnedFrom.get(node));
    pinnedFrom.delete(node);
  }
  keepPins();
}

// What is remembered is by id, and upright, whichever way the map lies.
export async function keepPins() {
  putDown();
  showButton();
  const { ids } = await index();
  const places = [...pinnedFrom.keys()].map((node) => [
    ids[node],
    upright([nodes.x[node], nodes.y[node]]).map(Math.round),
  ]);
  remembered(PINS, JSON.stringify(Object.fromEntries(places)));
}

const isSpot = (place) =>
  Array.isArray(place) && place.length === 2 && place.every((at) => Number.isFinite(at) && Math.abs(at) < FARTHEST_PIN);

function rememberedPins() {
  try {
    return Object.entries(JSON.parse(remembered(PINS)) || {});
  } catch {
    return [];
  }
}

async function restore() {
  const kept = rememberedPins().filter(([, place]) => isSpot(place));
  if (!kept.length) return;
  const { ids } = await index();
  const wanted = new Map(kept);
  for (let node = 0; node < nodeCount; node += 1) {
    const spot = wanted.get(ids[node]);
    if (!spot) continue;
    pinnedFrom.set(node, upright([nodes.x[node], nodes.y[node]]));
    [nodes.x[node], nodes.y[node]] = laid(spot);
  }
  putDown();
  showButton();
}

function showButton() {
  unpinButton.hidden = !pinnedFrom.size;
  if (!pinnedFrom.size) return;
  const text = count('map.pins.unpin-all', pinnedFrom.size);
  unpinButton.title = text;
  unpinButton.setAttribute('aria-label', text);
}

export function startPins() {
  const picture = drawing(
    'svg',
    { viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    drawing('path', { d: 'M5.5 2.5h5M6.5 2.5v4l-2 3h7l-2-3v-4M8 9.5v4' }),
  );
  unpinButton = element('button', { type: 'button', id: 'unpin', className: 'icon', hidden: true }, picture);
  unpinButton.addEventListener('click', () => letGo());
  byId('fit').after(unpinButton);
  whenLaid(nodesMoved);
  restore();
}
