// Colours as numbers: mixed, and moved away from the paper until they are seen on it.

import { theme, themeColor } from '../base/theme.js';

const LEAST_CONTRAST = { light: 1.75, dark: 3.2 };

function channels(hex) {
  const long = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, '$&$&') : hex;
  return [1, 3, 5].map((at) => parseInt(long.slice(at, at + 2), 16));
}

const asHex = (parts) => `#${parts.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

// A colour as the raster wants it.
export function pixelOf(hex) {
  const [red, green, blue] = channels(hex);
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

export function mixed(hex, other, share) {
  const [one, two] = [channels(hex), channels(other)];
  return asHex(one.map((part, at) => part + (two[at] - part) * share));
}

function luminance(hex) {
  const [red, green, blue] = channels(hex).map((part) =>
    part / 255 <= 0.03928 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

// A given colour, moved away from the paper until it can be seen on it.
const suitedOnes = new Map();

export function suited(hex) {
  const key = `${theme()}${themeColor('paper')}${hex}`;
  if (suitedOnes.has(key)) return suitedOnes.get(key);
  const away = theme() === 'dark' ? '#ffffff' : '#000000';
  let color = asHex(channels(hex));
  for (let step = 0; step < 12 && contrast(color, themeColor('paper')) < LEAST_CONTRAST[theme()]; step += 1)
    color = mixed(color, away, 0.1);
  suitedOnes.set(key, color);
  return color;
}
