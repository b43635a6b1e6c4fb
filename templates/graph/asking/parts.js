// The kinds of findings of a mode: those that are chosen, and those that would fill the map.

import { change, state } from '../base/state.js';

export const hiddenOf = (mode) => state[mode.hidden];
export const filledParts = (parts) => parts.filter(({ rows }) => rows.length);
export const shownParts = (mode) => mode.found.filter(({ key }) => !hiddenOf(mode).has(key));

// Kinds that would fill the map are off at first, if anything is left then.
export const tooMany = (mode, parts) => parts.filter(({ rows }) => rows.length > mode.mostRows);

export function leaveOut(mode, parts) {
  const many = tooMany(mode, parts).map(({ key }) => key);
  const isAnyLeft = filledParts(parts).some(({ key }) => !many.includes(key));
  if (many.length && !hiddenOf(mode).size && isAnyLeft) change({ [mode.hidden]: new Set(many) });
}
