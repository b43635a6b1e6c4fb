// What is below a saved picture: what its colours and lines mean.

import { colorOf, colorRows, lineColor } from '../seeing/colors.js';
import { KINDS, edges, isTyped, nodes, relations } from '../base/data.js';
import { cutShort, element } from '../base/dom.js';
import { vault } from '../base/home.js';
import { kindsNamed } from '../seeing/samples.js';
import { say } from '../base/say.js';
import { dotsInSight, linesInSight } from './sight.js';
import { state } from '../base/state.js';
import { themeColor } from '../base/theme.js';

const MOST_ROWS = 14;
const MOST_RELATIONS = 8;
export const FONT =
  'system-ui, -apple-system, "Segoe UI", "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

const ROW = 22;
const EDGE = 24;
// The vault's name and what the drawing means, laid out: { height, items: [{ x, y, text, bold, color, hollow, dashes }] }.
export function captionRows(frame) {
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

export const sampleWidth = ({ color, dashes }) => (dashes ? 32 : color ? 16 : 0);
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

const captionFont = (bold) => `${bold ? 650 : 400} ${bold ? 14 : 12.5}px ${FONT}`;
export function drawCaption(context, { height, items }, frame) {
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
