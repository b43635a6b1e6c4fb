// What is seen, as a picture: PNG at twice the size, or SVG in which every dot, line and name stays what it is.

import { colorOf, colorRows, lineColor } from '../seeing/colors.js';
import { KINDS, MISSING, edgeCount, edges, isTyped, nodeCount, nodes, relations } from '../base/data.js';
import { cutShort, drawing, element, wellFormed } from '../base/dom.js';
import { drawInto } from './draw.js';
import { vault } from '../base/home.js';
import { hullStrength, hullsNow } from './hulls.js';
import { labelsNow } from './labels.js';
import { litNow } from '../seeing/lit.js';
import { drawOver } from './over.js';
import { SvgPen, tenth } from './pen.js';
import { kindsNamed } from '../seeing/samples.js';
import { say } from '../base/say.js';
import { drawDots, drawHull, drawLines } from './shapes.js';
import { NONE, state } from '../base/state.js';
import { themeColor } from '../base/theme.js';
import { lineStrength } from './tiles.js';
import { covered, toScreen, view } from '../seeing/view.js';
import { shownEdges, shownNodes } from '../seeing/visible.js';

const SHARP = 2;
const MOST_SVG_LINES = 8000; // with more, editors give up
const MOST_ROWS = 14;
const MOST_RELATIONS = 8;
const FONT =
  'system-ui, -apple-system, "Segoe UI", "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const ROW = 22;
const EDGE = 24;
const IN_NO_NAME = /[\\/:*?"<>|\u0000-\u001f\u007f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g;
const IN_NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

export async function savePng() {
  const frame = pictureFrame();
  const caption = captionRows(frame);
  const whole = element('canvas', { width: Math.round(view.width * SHARP), height: Math.round(view.height * SHARP) });
  drawInto(whole.getContext('2d'), { ratio: SHARP });
  const canvas = element('canvas', {
    width: Math.round(frame.width * SHARP),
    height: Math.round((frame.height + caption.height) * SHARP),
  });
  const context = canvas.getContext('2d');
  context.drawImage(whole, Math.round(-frame.left * SHARP), 0);
  context.scale(SHARP, SHARP);
  drawCaption(context, caption, frame);
  canvas.toBlob((blob) => blob && handOver(blob, 'png'), 'image/png');
}

export function saveSvg() {
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svgNow())}`;
  handOver(new Blob([text], { type: 'image/svg+xml' }), 'svg');
}

function handOver(blob, suffix) {
  const href = URL.createObjectURL(blob);
  const name = wellFormed(vault).replace(IN_NO_NAME, '-').slice(0, 80).trim() || 'vault';
  element('a', { href, download: `${say('map.picture.picture-title', { vault: name })}.${suffix}` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

// ---------------------------------------------------------------- what stands below it

// The vault's name and what the drawing means, laid out: { height, items: [{ x, y, text, bold, color, hollow, dashes }] }.
function captionRows(frame) {
  const pen = element('canvas').getContext('2d');
  const parts = [{ text: vault, bold: true }, ...(state.key ? state.key.map(keyRow) : keyOfMap(frame))];
  let [x, y] = [EDGE, 0];
  const items = parts.map((part) => {
    const text = cutShort(part.text, part.bold ? 60 : 28);
    pen.font = captionFont(part.bold);
    const width = pen.measureText(text).width + sampleWidth(part);
    if (x > EDGE && x + width > frame.width - EDGE) [x, y] = [EDGE, y + ROW];
    const item = { ...part, text, x, y: y + 16 + ROW / 2 };
    x += width + 20;
    return item;
  });
  return { height: y + ROW + 32, items };
}

const sampleWidth = ({ color, dashes }) => (dashes ? 32 : color ? 16 : 0);
const keyRow = ({ label, color, hollow }) => ({ text: label || say('map.colors.no-type'), color, hollow });

// The colours that are in sight, what is no note, and the lines where they are of few kinds.
function keyOfMap(frame) {
  const dots = dotsInSight(frame);
  const seen = new Set(dots.filter(isTyped).map(colorOf));
  const rows = colorRows()
    .filter((row) => row.count && seen.has(row.color))
    .sort((one, other) => other.count - one.count)
    .slice(0, MOST_ROWS);
  return [...rows.map(keyRow), ...keyOfKinds(dots), ...keyOfLines(frame)];
}

function keyOfKinds(dots) {
  return Object.entries(kindsNamed())
    .filter(([kind]) => dots.some((node) => KINDS[nodes.kind[node]] === kind))
    .map(([kind, text]) => ({ text, color: themeColor(kind), hollow: kind === 'missing' }));
}

function keyOfLines(frame) {
  const found = [...new Set(linesInSight(frame).map((edge) => edges.relation[edge]))].sort((one, other) => one - other);
  return found
    .slice(0, MOST_RELATIONS)
    .map((relation) => ({ text: relations[relation].l, color: lineColor(relation), dashes: relations[relation].d }));
}

// What no card covers: beside them nothing would be on the picture but what lies under them, without names.
function pictureFrame() {
  const { left, right, bottom } = covered();
  return { left, width: Math.max(1, view.width - left - right), height: Math.max(1, view.height - bottom) };
}

const captionFont = (bold) => `${bold ? 650 : 400} ${bold ? 14 : 12.5}px ${FONT}`;

function drawCaption(context, { height, items }, frame) {
  context.fillStyle = themeColor('card');
  context.fillRect(0, frame.height, frame.width, height);
  context.fillStyle = themeColor('line');
  context.fillRect(0, frame.height, frame.width, 1);
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  for (const item of items) {
    const [x, y] = [item.x, frame.height + item.y];
    if (item.color) drawSample(context, item, x, y);
    context.font = captionFont(item.bold);
    context.fillStyle = themeColor('ink');
    context.fillText(item.text, x + sampleWidth(item), y);
  }
}

function drawSample(context, { color, hollow, dashes }, x, y) {
  context.fillStyle = context.strokeStyle = color;
  context.lineWidth = 2;
  context.setLineDash(dashes || []);
  context.beginPath();
  if (dashes) {
    context.moveTo(x, y);
    context.lineTo(x + 26, y);
  } else context.arc(x + 5, y, hollow ? 4 : 5, 0, 2 * Math.PI);
  if (dashes || hollow) context.stroke();
  else context.fill();
  context.setLineDash([]);
}

// ---------------------------------------------------------------- SVG

function svgNow() {
  const frame = pictureFrame();
  const caption = captionRows(frame);
  const [width, height] = [frame.width, frame.height + caption.height];
  const made = drawing('svg', {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: `${frame.left} 0 ${width} ${height}`,
    'font-family': FONT,
  });
  const clip = drawing('clipPath', { id: 'seen' }, drawing('rect', { x: frame.left, width, height: frame.height }));
  const map = drawing('g', { 'clip-path': 'url(#seen)' }, ...svgMap(frame), svgNames());
  made.append(
    svgWords('title', vault, {}),
    drawing('defs', {}, clip),
    drawing('rect', { x: frame.left, width, height, fill: themeColor('paper') }),
    map,
    svgCaption(caption, frame),
  );
  return made;
}

function svgMap(frame) {
  const pens = ['communities', 'links', 'notes', 'lit'].map((name) => new SvgPen(name));
  const [hulls, lines, dots, over] = pens;
  for (const hull of hullsNow()) drawHull(hulls, hull, hullStrength(hull.clear));
  drawLines(lines, linesInSight(frame), lineStrength());
  drawDots(dots, dotsInSight(frame));
  drawOver(over, litNow(), litNow() ? 1 : 0);
  return pens.map((pen) => pen.drawn);
}

const inSight = ({ left, width, height }, x, y, across, down) =>
  x + across > left && y + down > 0 && x - across < left + width && y - down < height;

// Those that matter most, the least of them first, as they are drawn.
function linesInSight(frame) {
  const found = [];
  for (let edge = 0; edge < edgeCount && found.length < MOST_SVG_LINES; edge += 1) {
    if (!shownEdges[edge]) continue;
    const [a, b] = [toScreen(edges.from[edge]), toScreen(edges.to[edge])];
    if (inSight(frame, (a.x + b.x) / 2, (a.y + b.y) / 2, Math.abs(a.x - b.x) / 2 + 1, Math.abs(a.y - b.y) / 2 + 1))
      found.push(edge);
  }
  return found.reverse();
}

function dotsInSight(frame) {
  const found = [];
  for (let node = nodeCount - 1; node >= 0; node -= 1) {
    const { x, y, r } = toScreen(node);
    if (shownNodes[node] && inSight(frame, x, y, r, r)) found.push(node);
  }
  return found;
}

function svgWords(name, text, attributes) {
  const made = drawing(name, attributes);
  made.textContent = wellFormed(text).replace(IN_NO_XML, '\ufffd');
  return made;
}

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
        x: tenth(x),
        y: tenth(y + size * 0.35),
        fill: themeColor(color),
        'font-size': tenth(size),
        'font-weight': bold ? 650 : 400,
      }),
    );
  }
  return made;
}

function svgCaption({ height, items }, frame) {
  const made = drawing('g', { id: 'legend', transform: `translate(${frame.left} ${frame.height})` });
  made.append(
    drawing('rect', { width: frame.width, height, fill: themeColor('card') }),
    drawing('path', { d: `M0 .5H${frame.width}`, stroke: themeColor('line') }),
  );
  for (const item of items) {
    const { x, y, text, color, bold } = item;
    if (color) made.append(svgSample(item));
    made.append(
      svgWords('text', text, {
        x: tenth(x + sampleWidth(item)),
        y: y + 4.5,
        fill: themeColor('ink'),
        'font-size': bold ? 14 : 12.5,
        'font-weight': bold ? 650 : 400,
      }),
    );
  }
  return made;
}

function svgSample({ x, y, color, hollow, dashes }) {
  const inked = { stroke: color, 'stroke-width': 2, fill: 'none' };
  if (dashes)
    return drawing('path', { d: `M${tenth(x)} ${y}h26`, 'stroke-dasharray': dashes.join(' ') || 'none', ...inked });
  return drawing('circle', { cx: tenth(x + 5), cy: y, r: hollow ? 4 : 5, ...(hollow ? inked : { fill: color }) });
}
