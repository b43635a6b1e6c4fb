// Names as pictures, which are made once and drawn in every frame.

import { PAGE_FONT, themeColor } from '../base/theme.js';

const LONGEST = 230;
const MOST_SPRITES = 700;

let patience = Infinity; // until when names may be made in this frame
let hasty = false; // whether some were not
const sprites = new Map();

const measuring = document.createElement('canvas').getContext('2d');

// A name that is too long ends in an ellipsis; signs are not cut in two. How wide letters are is guessed here: to measure
// is slow, and is done once.
function shortened(text, size) {
  const flat = text.length < 80 ? text : text.slice(0, 160);
  let width = 0;
  let kept = '';
  for (const sign of flat) {
    width += (sign.codePointAt(0) > 0x2e7f ? 1 : 0.58) * size;
    if (width > LONGEST) return `${kept.trimEnd()}…`;
    kept += sign;
  }
  return kept.trim() || '–';
}

// Null if there is no time for it in this frame.
export function sprite(key, text, { size, bold, color, spaced = false }) {
  const ratio = window.devicePixelRatio || 1;
  const old = sprites.get(key);
  if (old && old.ratio === ratio && old.color === color && old.size === size) return old;
  if (isLate()) {
    hasty = true;
    return null;
  }
  if (sprites.size > MOST_SPRITES) sprites.clear();
  const font = `${bold ? 600 : 400} ${size}px ${PAGE_FONT}`;
  const shown = shortened(text, size);
  const [width, height] = [measured(shown, font, spaced), Math.ceil(size * 1.5) + 4];
  const made = { text: shown, font, size, bold, color, ratio, spaced, width, height, picture: null };
  sprites.set(key, made);
  return made;
}

function measured(text, font, spaced) {
  measuring.font = font;
  if (spaced && 'letterSpacing' in measuring) measuring.letterSpacing = '0.4px';
  const width = Math.ceil(measuring.measureText(text).width) + 8;
  if ('letterSpacing' in measuring) measuring.letterSpacing = '0px';
  return width;
}

// Making names may take until then in this frame.
export function allowUntil(moment) {
  patience = moment;
}

export const isLate = () => performance.now() > patience;
// Whether some names were not made for lack of time, since `forgetHaste` was called.
export const isHasty = () => hasty;
export function forgetHaste() {
  hasty = false;
}
export const forgetSprites = () => sprites.clear();

export function inked(label) {
  const picture = document.createElement('canvas');
  picture.width = Math.ceil(label.width * label.ratio);
  picture.height = Math.ceil(label.height * label.ratio);
  const pen = picture.getContext('2d');
  pen.scale(label.ratio, label.ratio);
  writeName(pen, label, label.width / 2, label.height / 2);
  return picture;
}

// A name with a rim of paper around it, centred on a point.
export function writeName(pen, { text, font, color, spaced }, x, y) {
  pen.font = font;
  if (spaced && 'letterSpacing' in pen) pen.letterSpacing = '0.4px';
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.lineJoin = 'round';
  pen.lineWidth = 3.2;
  pen.strokeStyle = themeColor('paper');
  const strength = pen.globalAlpha;
  pen.globalAlpha = 0.86 * strength;
  pen.strokeText(text, x, y);
  pen.globalAlpha = strength;
  pen.fillStyle = color;
  pen.fillText(text, x, y);
  if (spaced && 'letterSpacing' in pen) pen.letterSpacing = '0px';
}
