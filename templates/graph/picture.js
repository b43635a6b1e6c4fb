// What is seen, as a picture: PNG at twice the size, or SVG in which every dot, line and name stays what it is.

import { colorRows } from './colors.js';
import { MISSING, edgeCount, edges, nodeCount, nodes, vault } from './data.js';
import { drawing, element, wellFormed } from './dom.js';
import { drawInto } from './draw.js';
import { hullStrength, hullsNow } from './hulls.js';
import { labelsNow } from './labels.js';
import { litNow } from './lit.js';
import { drawOver } from './over.js';
import { SvgPen } from './pen.js';
import { say } from './say.js';
import { drawDots, drawHull, drawLines } from './shapes.js';
import { NONE } from './state.js';
import { themeColor } from './theme.js';
import { lineStrength } from './tiles.js';
import { toScreen, view } from './view.js';
import { shownEdges, shownNodes } from './visible.js';

const SHARP = 2;
const MOST_SVG_LINES = 8000; // with more, editors give up
const MOST_ROWS = 14;
const FONT =
  'system-ui, -apple-system, "Segoe UI", "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const ROW = 22;
const EDGE = 24;
const IN_NO_NAME = /[\\/:*?"<>|\u0000-\u001f\u007f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g;
const IN_NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

export async function savePng() {
  const caption = captionRows();
  const canvas = element('canvas', {
    width: Math.round(view.width * SHARP),
    height: Math.round((view.height + caption.height) * SHARP),
  });
  const context = canvas.getContext('2d');
  context.scale(SHARP, SHARP);
  context.save();
  drawInto(context, { ratio: SHARP });
  context.restore();
  drawCaption(context, caption);
  canvas.toBlob((blob) => blob && handOver(blob, 'png'), 'image/png');
}

export function saveSvg() {
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svgNow())}`;
  handOver(new Blob([text], { type: 'image/svg+xml' }), 'svg');
}

function handOver(blob, suffix) {
  const href = URL.createObjectURL(blob);
  const name = wellFormed(vault).replace(IN_NO_NAME, '-').slice(0, 80).trim() || 'vault';
  element('a', { href, download: `${say('{vault} graph', { vault: name })}.${suffix}` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

// ---------------------------------------------------------------- what stands below it

// The vault's name and the legend of colours, laid out: { height, items: [{ x, y, text, color, bold }] }.
function captionRows() {
  const pen = element('canvas').getContext('2d');
  const rows = colorRows()
    .filter((row) => row.count)
    .sort((one, other) => other.count - one.count)
    .slice(0, MOST_ROWS);
  const parts = [
    { text: vault, bold: true },
    ...rows.map(({ label, color }) => ({ text: label || say('no type'), color })),
  ];
  let [x, y] = [EDGE, 0];
  const items = parts.map((part) => {
    const text = shortText(part.text, part.bold ? 60 : 28);
    pen.font = captionFont(part.bold);
    const width = pen.measureText(text).width + (part.color ? 16 : 0);
    if (x > EDGE && x + width > view.width - EDGE) [x, y] = [EDGE, y + ROW];
    const item = { ...part, text, x, y: y + 16 + ROW / 2 };
    x += width + 20;
    return item;
  });
  return { height: y + ROW + 32, items };
}

const captionFont = (bold) => `${bold ? 650 : 400} ${bold ? 14 : 12.5}px ${FONT}`;

function shortText(text, most) {
  const signs = Array.from(text);
  return signs.length > most ? `${signs.slice(0, most - 1).join('')}…` : text;
}

function drawCaption(context, { height, items }) {
  context.fillStyle = themeColor('card');
  context.fillRect(0, view.height, view.width, height);
  context.fillStyle = themeColor('line');
  context.fillRect(0, view.height, view.width, 1);
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  for (const { x, y, text, color, bold } of items) {
    if (color) {
      context.fillStyle = color;
      context.beginPath();
      context.arc(x + 5, view.height + y, 5, 0, 2 * Math.PI);
      context.fill();
    }
    context.font = captionFont(bold);
    context.fillStyle = themeColor('ink');
    context.fillText(text, x + (color ? 16 : 0), view.height + y);
  }
}

// ---------------------------------------------------------------- SVG

function svgNow() {
  const caption = captionRows();
  const [width, height] = [view.width, view.height + caption.height];
  const made = drawing('svg', {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    'font-family': FONT,
  });
  const clip = drawing('clipPath', { id: 'seen' }, drawing('rect', { width, height: view.height }));
  const map = drawing('g', { 'clip-path': 'url(#seen)' }, ...svgMap(), svgNames());
  made.append(
    svgWords('title', vault, {}),
    drawing('defs', {}, clip),
    drawing('rect', { width, height, fill: themeColor('paper') }),
    map,
    svgCaption(caption, width),
  );
  return made;
}

function svgMap() {
  const pens = ['communities', 'links', 'notes', 'lit'].map((name) => new SvgPen(name));
  const [hulls, lines, dots, over] = pens;
  for (const hull of hullsNow()) drawHull(hulls, hull, hullStrength(hull.clear));
  drawLines(lines, linesInSight(), lineStrength());
  drawDots(dots, dotsInSight());
  drawOver(over, litNow(), litNow() ? 1 : 0);
  return pens.map((pen) => pen.drawn);
}

const inSight = (x, y, across, down) =>
  x + across > 0 && y + down > 0 && x - across < view.width && y - down < view.height;

// Those that matter most, the least of them first, as they are drawn.
function linesInSight() {
  const found = [];
  for (let edge = 0; edge < edgeCount && found.length < MOST_SVG_LINES; edge += 1) {
    if (!shownEdges[edge]) continue;
    const [a, b] = [toScreen(edges.from[edge]), toScreen(edges.to[edge])];
    if (inSight((a.x + b.x) / 2, (a.y + b.y) / 2, Math.abs(a.x - b.x) / 2 + 1, Math.abs(a.y - b.y) / 2 + 1))
      found.push(edge);
  }
  return found.reverse();
}

function dotsInSight() {
  const found = [];
  for (let node = nodeCount - 1; node >= 0; node -= 1) {
    const { x, y, r } = toScreen(node);
    if (shownNodes[node] && inSight(x, y, r, r)) found.push(node);
  }
  return found;
}

function svgWords(name, text, attributes) {
  const made = drawing(name, attributes);
  made.textContent = wellFormed(text).replace(IN_NO_XML, '\ufffd');
  return made;
}

const tenths = (value) => String(Math.round(value * 10) / 10);

function svgNames() {
  const made = drawing('g', {
    id: 'names',
    'text-anchor': 'middle',
    stroke: themeColor('paper'),
    'stroke-width': 3,
    'stroke-linejoin': 'round',
    'paint-order': 'stroke',
  });
  for (const { node, text, x, y, size, bold } of labelsNow()) {
    const color = node === NONE ? 'soft' : nodes.kind[node] === MISSING ? 'missing' : 'ink'; // none: the name of a community
    made.append(
      svgWords('text', text, {
        x: tenths(x),
        y: tenths(y + size * 0.35),
        fill: themeColor(color),
        'font-size': tenths(size),
        'font-weight': bold ? 650 : 400,
      }),
    );
  }
  return made;
}

function svgCaption({ height, items }, width) {
  const made = drawing('g', { id: 'legend', transform: `translate(0 ${view.height})` });
  made.append(
    drawing('rect', { width, height, fill: themeColor('card') }),
    drawing('path', { d: `M0 .5H${width}`, stroke: themeColor('line') }),
  );
  for (const { x, y, text, color, bold } of items) {
    if (color) made.append(drawing('circle', { cx: tenths(x + 5), cy: y, r: 5, fill: color }));
    made.append(
      svgWords('text', text, {
        x: tenths(x + (color ? 16 : 0)),
        y: y + 4.5,
        fill: themeColor('ink'),
        'font-size': bold ? 14 : 12.5,
        'font-weight': bold ? 650 : 400,
      }),
    );
  }
  return made;
}
