// Names of the nodes around a note, as many as fit without covering one another.

import { byId, cutShort, phone } from '../base/dom.js';
import { SPOTS } from '../drawing/labels.js';
import { nearbyView } from './nearby.js';
import { nodeName } from '../seeing/samples.js';
import { aroundSize } from './sizes.js';
import { state } from '../base/state.js';
import { PAGE_FONT, themeColor } from '../base/theme.js';

const LONGEST_NAME = 30;
const [NAME_SIZE, SMALL_NAME] = [13, 11];
const MANY_NAMES = 60; // from so many nodes on they are small

export function paintNames(context) {
  if (!nearbyView.area || !nearbyView.network) return;
  const scale = nearbyView.network.getScale();
  const places = nearbyView.network.getPositions();
  const taken = Object.entries(places).map(([node, place]) => dotBox(Number(node), place));
  const size = nearbyView.area.steps.size > MANY_NAMES ? SMALL_NAME : NAME_SIZE;
  Object.assign(context, { textAlign: 'center', textBaseline: 'top', lineJoin: 'round', lineWidth: 3.5 / scale });
  [context.fillStyle, context.strokeStyle] = [themeColor('ink'), themeColor('card')];
  for (const node of new Set([
    nearbyView.area.centre,
    state.selected,
    nearbyView.area.pointed,
    ...nearbyView.area.steps.keys(),
  ])) {
    if (!(node in places)) continue;
    const must = node === nearbyView.area.pointed || node === nearbyView.area.centre;
    context.font = `${must || node === state.selected ? 650 : 400} ${size / scale}px ${PAGE_FONT}`;
    const box = roomForName(context, node, { ...places[node], scale, size }, taken, must);
    if (!box) continue;
    taken.push(box);
    context.strokeText(box.text, box.middle, box.top);
    context.fillText(box.text, box.middle, box.top);
  }
}

// Below, above or beside its dot: in full if there is room for that, else shortened.
function roomForName(context, node, at, taken, must) {
  const full = nodeName(node);
  const short = cutShort(full, LONGEST_NAME);
  for (const text of full === short || phone.matches ? [short] : [full, short])
    for (const spot of SPOTS) {
      const box = nameBox(context, text, aroundSize(node), at, spot);
      if (isInSight(box) && !taken.some((other) => boxesOverlap(box, other))) return box;
    }
  return must ? nameBox(context, short, aroundSize(node), at, SPOTS[0]) : null;
}

function nameBox(context, text, radius, { x, y, scale, size }, [across, down]) {
  const half = context.measureText(text).width / 2 + 3 / scale;
  const tall = (size * 1.25) / scale;
  const middle = across ? x + across * (radius + half + 2 / scale) : withinSight(x, half);
  const top = y - tall / 2 + down * (radius + tall / 2 + 4 / scale);
  return { text, middle, left: middle - half, right: middle + half, top, bottom: top + tall };
}

function sightEnds() {
  const width = byId('around-map').clientWidth;
  return [0, width].map((x) => nearbyView.network.DOMtoCanvas({ x, y: 0 }).x);
}

function isInSight({ left: begin, right: end }) {
  const [left, right] = sightEnds();
  return begin >= left - 1 && end <= right + 1;
}

// A name at the rim is moved in, as long as its node is in sight.
function withinSight(x, half) {
  const [left, right] = sightEnds();
  return x < left || x > right ? x : Math.max(left + half, Math.min(right - half, x));
}

// The heart of a dot: a name may lie over its rim.
function dotBox(node, { x, y }) {
  const half = aroundSize(node) * 0.6;
  return { left: x - half, right: x + half, top: y - half, bottom: y + half };
}

const boxesOverlap = (one, other) =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
