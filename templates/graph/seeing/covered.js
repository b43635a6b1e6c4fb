// What cards cover of the map, and what is left clear.

import { byId, phone } from '../base/dom.js';
import { view } from './view.js';

const MARGIN = 36;
const PHONE_MARGIN = 12;

// The part of the map that no card covers, in pixels from its corners.
export function covered() {
  const [legend, panel] = [byId('legend'), byId('panel')];
  const open = (card) => !card.hidden;
  const wide = !phone.matches;
  return {
    left: wide && open(legend) ? legend.offsetLeft + legend.offsetWidth : 0,
    right: wide && open(panel) ? view.width - panel.offsetLeft : 0,
    bottom: wide ? 0 : Math.max(open(panel) ? panel.offsetHeight : 0, open(legend) ? legend.offsetHeight : 0),
  };
}

export function clearMiddle() {
  const { left, right, bottom } = covered();
  return { x: (left + view.width - right) / 2, y: (view.height - bottom) / 2 };
}

export function clearSize() {
  const { left, right, bottom } = covered();
  const margin = 2 * (phone.matches ? PHONE_MARGIN : MARGIN);
  return {
    width: Math.max(60, view.width - left - right - margin),
    height: Math.max(60, view.height - bottom - margin),
  };
}
