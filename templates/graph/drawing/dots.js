// Dots as a pen draws them: what is lit, few things near by, and pictures that are saved.

import { colorOf } from '../seeing/colors.js';
import { ATTACHMENT, CANVAS, MISSING, TAG, nodes } from '../base/data.js';
import { themeColor } from '../base/theme.js';
import { acrossOf, downOf, radiusOf, view } from '../seeing/view.js';

const NO_MARK = {};
function outline(pen, kind, x, y, size) {
  if (kind === CANVAS) {
    pen.roundRect
      ? pen.roundRect(x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8, size * 0.35)
      : pen.rect(x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8);
  } else if (kind === ATTACHMENT) pen.rect(x - size * 0.8, y - size * 0.8, size * 1.6, size * 1.6);
  else if (kind === TAG) {
    const reach = size * 1.18;
    pen.moveTo(x, y - reach);
    pen.lineTo(x + reach, y);
    pen.lineTo(x, y + reach);
    pen.lineTo(x - reach, y);
    pen.closePath();
  } else {
    pen.moveTo(x + size, y);
    pen.arc(x, y, size, 0, 2 * Math.PI);
  }
}

// Given nodes, the least important first. Each has a thin rim of paper, so that you see each of two dots that touch.
export function drawDots(pen, some, { marks = null, rim = 1 } = {}) {
  for (const node of some) drawDot(pen, node, marks?.get(node) || NO_MARK, rim);
}

function drawDot(pen, node, mark, rim) {
  const size = mark.size || radiusOf(node);
  const [kind, x, y] = [nodes.kind[node], acrossOf(node), downOf(node)];
  if (isBeside(x, y, size + 20)) return;
  if (rim) drawRim(pen, kind, x, y, size + rim);
  const color = mark.color || colorOf(node);
  if (kind === MISSING) drawHollow(pen, kind, x, y, size, color);
  else drawFull(pen, kind, x, y, size, color);
}

// Whether all of it lies outside the window.
const isBeside = (x, y, reach) => x < -reach || y < -reach || x > view.width + reach || y > view.height + reach;

function drawRim(pen, kind, x, y, size) {
  pen.globalAlpha = 0.75;
  drawFull(pen, kind, x, y, size, themeColor('paper'));
  pen.globalAlpha = 1;
}

function drawFull(pen, kind, x, y, size, color) {
  pen.fillStyle = color;
  pen.beginPath();
  outline(pen, kind, x, y, size);
  pen.fill();
}

function drawHollow(pen, kind, x, y, size, color) {
  const line = Math.max(1, Math.min(3, size * 0.32));
  drawFull(pen, kind, x, y, Math.max(0.3, size - line / 2), themeColor('paper'));
  pen.lineWidth = line;
  pen.strokeStyle = color;
  pen.stroke();
}

export function drawRing(pen, node, color, gap = 3) {
  pen.beginPath();
  pen.arc(acrossOf(node), downOf(node), radiusOf(node) + gap, 0, 2 * Math.PI);
  pen.lineWidth = 2;
  pen.strokeStyle = color;
  pen.stroke();
}
