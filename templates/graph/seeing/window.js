// The window: how large it is, and how the view follows when that changes.

import { byId } from '../base/dom.js';
import { limitZoom } from './fit.js';
import { goHome, isAtHome } from './moving.js';
import { putView, view } from './view.js';

function measureWindow() {
  const { clientWidth, clientHeight } = byId('map');
  const seen = { x: (view.width / 2 - view.x) / view.scale, y: (view.height / 2 - view.y) / view.scale };
  view.width = Math.max(1, clientWidth);
  view.height = Math.max(1, clientHeight);
  return seen;
}

function resized() {
  const { clientWidth, clientHeight } = byId('map');
  if (!clientWidth || (clientWidth === view.width && clientHeight === view.height)) return;
  const seen = measureWindow();
  if (isAtHome()) return goHome();
  limitZoom();
  putView(view.width / 2 - seen.x * view.scale, view.height / 2 - seen.y * view.scale, view.scale);
}

export function startView() {
  measureWindow();
  goHome();
  new ResizeObserver(resized).observe(byId('map'));
}
