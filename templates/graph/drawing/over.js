// Hover, selection, ways, search and modes: drawn live over the dimmed map.

import { edges } from '../base/data.js';
import { drawDots, drawRing } from './dots.js';
import { drawLines } from './lines.js';
import { pinned } from '../seeing/pins.js';
import { NONE, state } from '../base/state.js';
import { themeColor } from '../base/theme.js';
import { acrossOf, downOf, radiusOf, view } from '../seeing/view.js';
import { shownNodes } from '../seeing/visible.js';

export const DIMMED = 0.84;
export const LIT = { alpha: 0.75, meant: 0.95 }; // how strong lit lines are

// `strength` runs from 0 to 1 while the light comes on or goes out; `some` are those of the lit things that are drawn.
export function drawOver(pen, lit, strength, some = lit) {
  if (lit && strength > 0) {
    pen.globalAlpha = DIMMED * strength;
    pen.fillStyle = themeColor('paper');
    pen.fillRect(0, 0, view.width, view.height);
    pen.globalAlpha = 1;
    if (strength > 0.3) drawLit(pen, lit, some);
  }
  drawMarks(pen);
}

function drawLit(pen, { kind, marks }, { dots, edges: lines }) {
  if (kind === 'way') drawWay(pen, lines);
  else drawLines(pen, lines, { ...LIT, strong: true });
  drawDots(pen, dots, { marks });
}

// A way is drawn on a soft ground, so that it is followed at a glance.
function drawWay(pen, lines) {
  pen.strokeStyle = themeColor('accent');
  pen.lineCap = pen.lineJoin = 'round';
  pen.globalAlpha = 0.22;
  pen.lineWidth = 9;
  pen.beginPath();
  for (const edge of lines) {
    pen.moveTo(acrossOf(edges.from[edge]), downOf(edges.from[edge]));
    pen.lineTo(acrossOf(edges.to[edge]), downOf(edges.to[edge]));
  }
  pen.stroke();
  pen.lineCap = 'butt';
  pen.globalAlpha = 1;
  drawLines(pen, lines, { alpha: 0.95, meant: 1, strong: true });
}

// What is chosen, pointed at, and put somewhere by hand.
export function drawMarks(pen) {
  for (const node of pinned()) if (shownNodes[node]) drawPin(pen, node);
  const { selected, hovered } = state;
  if (selected !== NONE && shownNodes[selected]) drawRing(pen, selected, themeColor('accent'));
  if (hovered !== NONE && hovered !== selected && shownNodes[hovered]) drawRing(pen, hovered, themeColor('soft'), 2.5);
}

// A node that was put somewhere by hand has a small dot of paper in its middle.
function drawPin(pen, node) {
  const size = radiusOf(node);
  if (size < 3) return;
  pen.beginPath();
  pen.arc(acrossOf(node), downOf(node), Math.max(1.2, size * 0.28), 0, 2 * Math.PI);
  pen.fillStyle = themeColor('paper');
  pen.fill();
}
