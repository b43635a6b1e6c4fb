// Light and dark, as the system has it or as the reader chooses.

import { byId, remembered } from './dom.js';
import { change, state } from './state.js';

const KEY = 'vault-tools-theme';
const prefersDark = matchMedia('(prefers-color-scheme: dark)');

export const theme = () => document.documentElement.dataset.theme || (prefersDark.matches ? 'dark' : 'light');

export const PAGE_FONT = getComputedStyle(document.body).fontFamily;

// A colour of the style sheet by its name, as it is in this theme; drawing listens to `themed` for another.
let themeColors = new Map();

export function themeColor(name) {
  if (!themeColors.has(name))
    themeColors.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
  return themeColors.get(name);
}

export function themeChanged() {
  themeColors = new Map();
  change({ themed: state.themed + 1 });
}

export function startTheme() {
  const chosen = remembered(KEY);
  if (chosen === 'dark' || chosen === 'light') document.documentElement.dataset.theme = chosen;
  prefersDark.addEventListener('change', themeChanged);
  byId('theme').addEventListener('click', () => {
    document.documentElement.dataset.theme = theme() === 'dark' ? 'light' : 'dark';
    remembered(KEY, theme());
    themeChanged();
  });
}
