// Lines as a pen draws them: what is lit, few things near by, and pictures that are saved.

import { edgeColor } from '../seeing/colors.js';
import { edgeCount, edges, nodeCount, relations } from '../base/data.js';
import { acrossOf, downOf, radiusOf, view } from '../seeing/view.js';

const BOW = 0.16;
const FEW_DASHES = 700;
const ARROWS_FROM = 0.32;
const PLAIN_ARROWS_FROM = 1.1;
const BATCH = 400;
// Two nodes may be tied by several relations that mean something: the second and later ones are drawn as bows.
let bends = null;

function bendOf(edge) {
  if (!bends) bends = bent();
  return bends[edge];
}

function bent() {
  const found = new Int8Array(edgeCount);
  const before = new Map();
  for (let edge = 0; edge < edgeCount; edge += 1) {
    if (!relations[edges.relation[edge]].s) continue;
    const [from, to] = [edges.from[edge], edges.to[edge]];
    const key = Math.min(from, to) * nodeCount + Math.max(from, to);
    const turn = before.get(key) || 0;
    before.set(key, turn + 1);
    const side = turn % 2 ? 1 : -1; // as seen from the lower number, whichever way the edge runs
    found[edge] = Math.min(6, (turn + 1) >> 1) * side * (from < to ? 1 : -1);
  }
  return found;
}

// Given edges, the least important first, in batches of one look; `strong` for what is lit.
export function drawLines(pen, some, { alpha = 0.5, meant = 0.85, strong = false, arrows = true } = {}) {
  const dashed = some.length <= FEW_DASHES;
  const looks = new Map();
  for (const edge of some) {
    const relation = edges.relation[edge];
    const key = relations[relation].s ? `r${relation}` : edgeColor(relation, edges.from[edge], edges.to[edge]);
    if (!looks.has(key)) looks.set(key, []);
    looks.get(key).push(edge);
  }
  const order = [...looks.values()].sort(
    (one, other) => relations[edges.relation[one[0]]].s - relations[edges.relation[other[0]]].s,
  );
  for (const alike of order) drawAlike(pen, alike, { alpha, meant, strong, arrows, dashed });
  pen.globalAlpha = 1;
  pen.setLineDash([]);
}

function drawAlike(pen, alike, { alpha, meant, strong, arrows, dashed }) {
  const relation = edges.relation[alike[0]];
  const { s: semantic, a: directed } = relations[relation];
  const near = Math.min(2, Math.max(0.7, view.scale ** 0.5));
  const width = (semantic ? 1.5 : 0.9) * near * (strong ? 1.25 : 1);
  pen.globalAlpha = semantic ? meant : alpha;
  pen.strokeStyle = pen.fillStyle = edgeColor(relation, edges.from[alike[0]], edges.to[alike[0]]);
  pen.lineWidth = width;
  pen.setLineDash(dashed ? dashesOf(relation, near) : []);
  strokeLines(pen, alike);
  if (arrows && directed && hasArrows(alike, semantic, strong))
    fillArrows(pen, alike, (semantic ? 6 : 5) * near + width);
}

function dashesOf(relation, near) {
  const { s: semantic, d: dashes } = relations[relation];
  return semantic && view.scale > 0.25 ? dashes.map((length) => length * Math.min(1.4, near)) : [];
}

function strokeLines(pen, alike) {
  for (let first = 0; first < alike.length; first += BATCH) {
    pen.beginPath();
    for (let at = first; at < Math.min(alike.length, first + BATCH); at += 1) trace(pen, alike[at]);
    pen.stroke();
  }
}

// Whether lines are near enough for arrows, and few enough.
function hasArrows(alike, semantic, strong) {
  const isNear = view.scale >= (semantic ? ARROWS_FROM : PLAIN_ARROWS_FROM) || strong;
  return isNear && (alike.length <= FEW_DASHES || view.scale >= 1);
}

function fillArrows(pen, alike, length) {
  pen.setLineDash([]);
  pen.beginPath();
  for (const edge of alike) arrow(pen, edge, length);
  pen.fill();
}

const knee = { x: 0, y: 0 };
// The point that a bow bends towards.
function bow(edge) {
  const [from, to, bend] = [edges.from[edge], edges.to[edge], bendOf(edge)];
  const [x1, y1, x2, y2] = [acrossOf(from), downOf(from), acrossOf(to), downOf(to)];
  knee.x = (x1 + x2) / 2 - (y2 - y1) * bend * BOW;
  knee.y = (y1 + y2) / 2 + (x2 - x1) * bend * BOW;
  return knee;
}

function trace(pen, edge) {
  const [from, to] = [edges.from[edge], edges.to[edge]];
  const [x, y] = [acrossOf(from), downOf(from)];
  if (from === to) {
    const size = radiusOf(from);
    pen.moveTo(x + size * 1.1, y - size * 1.4);
    pen.arc(x, y - size * 1.4, size * 1.1, 0, 2 * Math.PI);
    return;
  }
  pen.moveTo(x, y);
  if (!bendOf(edge)) pen.lineTo(acrossOf(to), downOf(to));
  else {
    const { x: kx, y: ky } = bow(edge);
    pen.quadraticCurveTo(kx, ky, acrossOf(to), downOf(to));
  }
}

function arrow(pen, edge, length) {
  const to = edges.to[edge];
  if (edges.from[edge] === to) return;
  const [x, y, via] = [acrossOf(to), downOf(to), bow(edge)];
  const far = Math.hypot(x - via.x, y - via.y) || 1;
  const [ux, uy] = [(x - via.x) / far, (y - via.y) / far];
  const size = radiusOf(to) + 1;
  if (far * 2 < size + length * 1.5) return;
  const [tipX, tipY] = [x - ux * size, y - uy * size];
  const [backX, backY] = [tipX - ux * length, tipY - uy * length];
  pen.moveTo(tipX, tipY);
  pen.lineTo(backX - uy * length * 0.42, backY + ux * length * 0.42);
  pen.lineTo(backX + uy * length * 0.42, backY - ux * length * 0.42);
  pen.closePath();
}
