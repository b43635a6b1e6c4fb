// What is seen, as SVG, in which every dot, line and name stays what it is.

import { FONT, captionRows, sampleWidth } from './caption.js';
import { MISSING, nodes } from '../base/data.js';
import { drawing, wellFormed } from '../base/dom.js';
import { drawDots } from './dots.js';
import { vault } from '../base/home.js';
import { drawHull, hullStrength, hullsNow } from './hulls.js';
import { labelsNow } from './labels.js';
import { drawLines } from './lines.js';
import { litNow } from '../seeing/lit.js';
import { drawOver } from './over.js';
import { SvgPen, tenth } from './pen.js';
import { dotsInSight, linesInSight, pictureFrame } from './sight.js';
import { NONE } from '../base/state.js';
import { themeColor } from '../base/theme.js';
import { lineStrength } from './strength.js';

const IN_NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
export function svgNow() {
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
