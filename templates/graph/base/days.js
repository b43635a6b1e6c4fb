// Days as the page counts them, from 1900-01-01, and as people write them.

import { language, nodeCount, nodes } from './data.js';

const DAY_LENGTH = 86400000;
const FIRST_DAY = Date.UTC(1900, 0, 1);
const WRITTEN_DAY = /^\d{4}-\d\d-\d\d$/;

export const dayOf = (text) =>
  WRITTEN_DAY.test(text) ? Math.max(0, Math.round((Date.parse(text) - FIRST_DAY) / DAY_LENGTH)) || 0 : 0;
export const writtenDay = (day) => new Date(FIRST_DAY + day * DAY_LENGTH).toISOString().slice(0, 10);
export const spokenDay = (day, dateStyle = 'medium') =>
  new Date(FIRST_DAY + day * DAY_LENGTH).toLocaleDateString(language, { timeZone: 'UTC', dateStyle });

// The first and the last day on which a note was made, and how many notes say one; null where none does.
export function daySpan() {
  let [first, last, dated] = [Infinity, 0, 0];
  for (let node = 0; node < nodeCount; node += 1) {
    const day = nodes.day[node];
    if (!day) continue;
    dated += 1;
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return dated ? { first, last, dated } : null;
}
