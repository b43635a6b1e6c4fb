// What is seen, as a picture: PNG at twice the size, or SVG in which every dot, line and name stays what it is.

import { colorOf, colorRows, lineColor } from './colors.js';
import { MISSING, edgeCount, edges, nodeCount, nodes, relations, vault } from './data.js';
import { drawing, element } from './dom.js';
import { drawInto } from './draw.js';
import { hullStrength, hullsNow } from './hulls.js';
import { labelsNow } from './labels.js';
import { litNow } from './lit.js';
import { say } from './say.js';
import { NONE } from './state.js';
import { themeColor } from './theme.js';
import { toScreen, view } from './view.js';
import { shownEdges, shownNodes } from './visible.js';

const SHARP = 2;
const MOST_SVG_LINES = 8000; // more make a file that no editor opens
const MOST_ROWS = 14;
const FONT = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const ROW = 22;
const EDGE = 24;
const FAINT = 0.14;
const IN_NO_NAME = /[\\/:*?"<>|\u0000-\u001f\u007f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g;
const IN_NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

export async function savePng() {
  const caption = captionRows();
  const canvas = element('canvas', { width: Math.round(view.width * SHARP), height: Math.round((view.height + caption.height) * SHARP) });
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
  const name = vault.toWellFormed().replace(IN_NO_NAME, '-').slice(0, 80).trim() || 'vault';
  element('a', { href, download: `${name} graph.${suffix}` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

// ---------------------------------------------------------------- what stands below it

// The vault's name and the legend of colours, laid out: { height, items: [{ x, y, text, color, bold }] }.
function captionRows() {
  const pen = element('canvas').getContext('2d');
  const rows = colorRows().filter((row) => row.count).sort((one, other) => other.count - one.count).slice(0, MOST_ROWS);
  const parts = [{ text: vault, bold: true }, ...rows.map(({ label, color }) => ({ text: label || say('no type'), color }))];
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

export function svgNow() {
  const caption = captionRows();
  const [width, height] = [view.width, view.height + caption.height];
  const made = drawing('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}`, 'font-family': FONT });
  const clip = drawing('clipPath', { id: 'seen' }, drawing('rect', { width, height: view.height }));
  const lit = litNow();
  const map = drawing('g', { 'clip-path': 'url(#seen)' }, svgHulls(), svgLines(lit), svgDots(lit), svgNames());
  made.append(svgWords('title', vault, {}), drawing('defs', {}, clip), drawing('rect', { width, height, fill: themeColor('paper') }), map, svgCaption(caption, width));
  return made;
}

function svgWords(name, text, attributes) {
  const made = drawing(name, attributes);
  made.textContent = text.toWellFormed().replace(IN_NO_XML, '\ufffd');
  return made;
}

const short = (value, parts = 10) => String(Math.round(value * parts) / parts);
const inSight = (x, y, r) => x + r > 0 && y + r > 0 && x - r < view.width && y - r < view.height;

function svgHulls() {
  const made = drawing('g', { id: 'communities' });
  for (const { color, points, clear } of hullsNow()) {
    const { fill, line } = hullStrength(clear);
    made.append(drawing('path', { d: roundPath(points), fill: color, 'fill-opacity': short(fill / 256, 1000), stroke: color, 'stroke-opacity': short(line / 256, 1000) }));
  }
  return made;
}

// A closed curve through the middles of the sides of a polygon.
function roundPath(points) {
  const middle = (at) => `${short((points[at] + points[(at + 2) % points.length]) / 2)} ${short((points[at + 1] + points[(at + 3) % points.length]) / 2)}`;
  let path = `M${middle(points.length - 2)}`;
  for (let at = 0; at < points.length; at += 2) path += `Q${short(points[at])} ${short(points[at + 1])} ${middle(at)}`;
  return `${path}Z`;
}

function svgLines(lit) {
  const made = drawing('g', { id: 'links', fill: 'none' });
  const bright = lit && new Set(lit.edges);
  const lines = [];
  for (let edge = 0; edge < edgeCount && lines.length < MOST_SVG_LINES; edge += 1) {
    const line = shownEdges[edge] && svgLine(edge, bright);
    if (line) lines.push(line);
  }
  made.append(...lines.reverse()); // the most important are drawn last
  return made;
}

function svgLine(edge, bright) {
  const [a, b] = [toScreen(edges.from[edge]), toScreen(edges.to[edge])];
  if (!inSight((a.x + b.x) / 2, (a.y + b.y) / 2, Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y)) / 2 + 1)) return null;
  const row = relations[edges.relation[edge]];
  const opacity = bright && !bright.has(edge) ? FAINT : row.s ? 0.7 : 0.32;
  const made = drawing('line', { x1: short(a.x), y1: short(a.y), x2: short(b.x), y2: short(b.y), stroke: lineColor(edges.relation[edge]), 'stroke-width': row.s ? 1.4 : 0.8, 'stroke-opacity': opacity });
  if (row.s && row.d.length) made.setAttribute('stroke-dasharray', row.d.join(' '));
  return made;
}

function svgDots(lit) {
  const made = drawing('g', { id: 'notes' });
  for (let node = nodeCount - 1; node >= 0; node -= 1) {
    if (!shownNodes[node]) continue;
    const { x, y, r } = toScreen(node);
    if (!inSight(x, y, r)) continue;
    const color = lit?.marks?.get(node)?.color || colorOf(node);
    const hollow = nodes.kind[node] === MISSING;
    const dot = drawing('circle', { cx: short(x), cy: short(y), r: short(r), fill: hollow ? themeColor('paper') : color, stroke: hollow ? color : themeColor('paper'), 'stroke-width': hollow ? 1.5 : 0.6 });
    if (lit && !lit.nodes.has(node)) dot.setAttribute('opacity', 0.25);
    made.append(dot);
  }
  return made;
}

function svgNames() {
  const made = drawing('g', { id: 'names', 'text-anchor': 'middle', fill: themeColor('ink'), stroke: themeColor('paper'), 'stroke-width': 3, 'stroke-linejoin': 'round', 'paint-order': 'stroke' });
  for (const { node, text, x, y, size, bold } of labelsNow()) {
    const said = svgWords('text', text, { x: short(x), y: short(y + size * 0.35), 'font-size': short(size), 'font-weight': bold ? 650 : 400 });
    if (node === NONE) said.setAttribute('fill', themeColor('soft')); // the name of a community
    made.append(said);
  }
  return made;
}

function svgCaption({ height, items }, width) {
  const made = drawing('g', { id: 'legend', transform: `translate(0 ${view.height})` });
  made.append(drawing('rect', { width, height, fill: themeColor('card') }), drawing('path', { d: `M0 .5H${width}`, stroke: themeColor('line') }));
  for (const { x, y, text, color, bold } of items) {
    if (color) made.append(drawing('circle', { cx: short(x + 5), cy: y, r: 5, fill: color }));
    made.append(svgWords('text', text, { x: short(x + (color ? 16 : 0)), y: y + 4.5, fill: themeColor('ink'), 'font-size': bold ? 14 : 12.5, 'font-weight': bold ? 650 : 400 }));
  }
  return made;
}
