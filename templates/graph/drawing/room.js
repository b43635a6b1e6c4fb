// Where there is room for names: the window in cells, each of which is free, or taken by a dot, a name or a card.

import { byId } from '../base/dom.js';
import { view } from '../seeing/view.js';

const CELL_SIZE = 4;
const CARDS_EVERY = 250;
const CARDS = '#legend, #panel, .zoom, .time-place';

let taken = new Uint8Array(0);
let gridWidth = 0;
let gridHeight = 0;
let cornerX = 0; // the cells go with the map when it is dragged, so that names do not change for being dragged
let cornerY = 0;
let cards = { at: -1e9, boxes: [] };

export function clearGrid() {
  gridWidth = Math.ceil(view.width / CELL_SIZE) + 2;
  gridHeight = Math.ceil(view.height / CELL_SIZE) + 2;
  cornerX = (((view.x % CELL_SIZE) + CELL_SIZE) % CELL_SIZE) - CELL_SIZE;
  cornerY = (((view.y % CELL_SIZE) + CELL_SIZE) % CELL_SIZE) - CELL_SIZE;
  if (taken.length < gridWidth * gridHeight) taken = new Uint8Array(gridWidth * gridHeight);
  else taken.fill(0);
}

// Whether something as weighty as `weight` is in a box; with `take`, something of this weight is put there. What lies
// outside the window counts as free. Small dots weigh less than names and large dots.
export const [SMALL_DOT, FULL] = [1, 2];

export function spaceTaken(left, top, right, bottom, take, weight = take ? FULL : SMALL_DOT) {
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

export function takeCards(now) {
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

// Cards are looked for again, though it is not yet time.
export function forgetCards() {
  cards.at = -1e9;
}
