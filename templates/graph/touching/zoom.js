// Nearer and farther: the wheel, a double click, and the buttons.

import { byId } from '../base/dom.js';
import { fitAll, zoomAbout, zoomBy } from '../seeing/moving.js';
import { nodeAt } from '../seeing/pick.js';
import { isPinned, letGo } from '../seeing/pins.js';
import { pointOn, slackOf } from './point.js';
import { NONE } from '../base/state.js';
import { view } from '../seeing/view.js';

const WHEEL = 0.0017;
const PINCH_WHEEL = 0.01;
const LINE = 18;
const NOTCH = 40; // from here on, a wheel turns in notches, and the view glides
const STEP = 1.5;

function wheeled(event) {
  event.preventDefault();
  const unit = event.deltaMode === 1 ? LINE : event.deltaMode === 2 ? view.height : 1;
  const turn = Math.max(-400, Math.min(400, event.deltaY * unit));
  const { x, y } = pointOn(event);
  zoomAbout(x, y, Math.exp(-turn * (event.ctrlKey ? PINCH_WHEEL : WHEEL)), {
    gently: !event.ctrlKey && Math.abs(turn) >= NOTCH,
  });
}

// On a node that was put somewhere: it goes back. Elsewhere: nearer.
function doubled(event) {
  const { x, y } = pointOn(event);
  const node = nodeAt(x, y, slackOf(false));
  if (node !== NONE && isPinned(node)) letGo([node]);
  else zoomAbout(x, y, event.shiftKey ? 1 / 2 : 2, { gently: true });
}

export function startZoom() {
  byId('picture').addEventListener('wheel', wheeled, { passive: false });
  byId('picture').addEventListener('dblclick', doubled);
  byId('zoom-in').addEventListener('click', () => zoomBy(STEP));
  byId('zoom-out').addEventListener('click', () => zoomBy(1 / STEP));
  byId('fit').addEventListener('click', () => fitAll());
}
