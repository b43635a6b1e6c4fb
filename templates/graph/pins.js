// Nodes that were put somewhere by hand: they keep that place, here and when the page is opened again.

import { index, nodeCount, nodes, vault } from './data.js';
import { byId, drawing, element, remembered } from './dom.js';
import { nodesMoved } from './pick.js';
import { count } from './say.js';
import { laid, upright } from './view.js';

const PINS = `vault-tools-places:${vault}`;
const own = new Map(); // node → where the layout had put it
const pinFollowers = [];
let button = null;

export const pinned = () => own.keys();
export const isPinned = (node) => own.has(node);
export const whenPinned = (follower) => pinFollowers.push(follower);

const told = () => pinFollowers.forEach((follower) => follower());

// While it is dragged: the place changes, and nothing is remembered yet.
export function carry(node, x, y) {
  if (!own.has(node)) own.set(node, [nodes.x[node], nodes.y[node]]);
  nodes.x[node] = x;
  nodes.y[node] = y;
  nodesMoved();
  told();
}

export function letGo(some = [...own.keys()]) {
  for (const node of some) {
    if (!own.has(node)) continue;
    [nodes.x[node], nodes.y[node]] = own.get(node);
    own.delete(node);
  }
  nodesMoved();
  told();
  keepPins();
}

// What is remembered is by id, and upright, whichever way the map lies.
export async function keepPins() {
  showButton();
  const { ids } = await index();
  const places = [...own.keys()].map((node) => [ids[node], upright([nodes.x[node], nodes.y[node]]).map(Math.round)]);
  remembered(PINS, JSON.stringify(Object.fromEntries(places)));
}

function read() {
  try {
    return Object.entries(JSON.parse(remembered(PINS)) || {});
  } catch {
    return [];
  }
}

async function restore() {
  const kept = read().filter(([, place]) => Array.isArray(place) && place.every(Number.isFinite));
  if (!kept.length) return;
  const { ids } = await index();
  const wanted = new Map(kept);
  for (let node = 0; node < nodeCount; node += 1) {
    const spot = wanted.get(ids[node]);
    if (!spot) continue;
    own.set(node, [nodes.x[node], nodes.y[node]]);
    [nodes.x[node], nodes.y[node]] = laid(spot);
  }
  nodesMoved();
  told();
  showButton();
}

function showButton() {
  button.hidden = !own.size;
  if (!own.size) return;
  const text = count(
    '{n} note is where you put it: let it go back',
    '{n} notes are where you put them: let them go back',
    own.size,
  );
  button.title = text;
  button.setAttribute('aria-label', text);
}

export function startPins() {
  const picture = drawing(
    'svg',
    { viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    drawing('path', { d: 'M5.5 2.5h5M6.5 2.5v4l-2 3h7l-2-3v-4M8 9.5v4' }),
  );
  button = element('button', { type: 'button', id: 'unpin', className: 'icon', hidden: true }, picture);
  button.addEventListener('click', () => letGo());
  byId('fit').after(button);
  restore();
}
