// The nodes that were chosen one after the other, and the way back.

import { byId, iconButton } from '../base/dom.js';
import { chooseNode } from '../asking/go.js';
import { nodeName } from '../seeing/samples.js';
import { say } from '../base/say.js';
import { NONE } from '../base/state.js';

const BACK = 'M10 3 5 8l5 5';

let panelTrail = []; // the nodes that were chosen before, the last one at the end
let panelBefore = NONE;

// Whoever goes to where he came from, by whatever way, has gone back.
export function follow(node) {
  if (panelBefore !== NONE && panelBefore !== node) {
    if (panelTrail.at(-1) === node) panelTrail.pop();
    else panelTrail.push(panelBefore);
  }
  panelBefore = node;
}

function goBack() {
  const node = panelTrail.pop();
  if (node === undefined) return;
  panelBefore = NONE;
  chooseNode(node);
  if (!panelTrail.length && !byId('panel').contains(document.activeElement)) byId('panel').querySelector('h2').focus();
}

export function forgetTrail() {
  [panelTrail, panelBefore] = [[], NONE];
}

// A button for the last node; null where there is none.
export function backButton() {
  if (!panelTrail.length) return null;
  return iconButton(BACK, say('map.panel.back', { note: nodeName(panelTrail.at(-1)) }), { onclick: goBack });
}
