// What is seen, saved as a picture: PNG at twice the size, or SVG.

import { captionRows, drawCaption } from './caption.js';
import { element, wellFormed } from '../base/dom.js';
import { drawInto } from './draw.js';
import { vault } from '../base/home.js';
import { say } from '../base/say.js';
import { pictureFrame } from './sight.js';
import { svgNow } from './svg.js';
import { view } from '../seeing/view.js';

const SHARP = 2;
const IN_NO_NAME = /[\\/:*?"<>|\u0000-\u001f\u007f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g;
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
