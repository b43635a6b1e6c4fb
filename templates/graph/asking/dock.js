// The card on the left: a tab for the legend, and one for each mode.

import { modes } from '../base/data.js';
import { byId, element, phone, walkedTo } from '../base/dom.js';
import { say } from '../base/say.js';
import { change, state, whenChanged } from '../base/state.js';

const dockTabs = []; // { mode, button, panel }

// Adds a tab, for the legend ('') or for a mode; its panel is shown while `state.mode` is its mode.
export function addTab(mode, panel) {
  const label = modes.find(({ name }) => name === mode)?.label || say('map.legend.title');
  const button = element('button', { type: 'button', role: 'tab', id: `tab-${mode || 'legend'}`, textContent: label });
  Object.assign(panel, { id: `in-${mode || 'legend'}`, hidden: true });
  panel.setAttribute('role', 'tabpanel');
  panel.setAttribute('aria-labelledby', button.id);
  button.setAttribute('aria-controls', panel.id);
  button.addEventListener('click', () => change({ mode }));
  dockTabs.push({ mode, button, panel });
  byId('tabs').append(button);
  byId('legend').append(panel);
  showTab();
}

function openDock(is) {
  byId('legend').hidden = !is;
  byId('filter').setAttribute('aria-expanded', String(is));
  document.body.classList.toggle('with-dock', is);
}

// On a phone the card covers the map: whoever goes to a note wants to see it.
export function makeRoom() {
  if (phone.matches) openDock(false);
}

function showTab() {
  for (const { mode, button, panel } of dockTabs) {
    const is = mode === state.mode;
    button.setAttribute('aria-selected', String(is));
    button.tabIndex = is ? 0 : -1;
    panel.hidden = !is;
  }
}

function walkTabs(event) {
  const at = dockTabs.findIndex(({ mode }) => mode === state.mode);
  const keys = { back: 'ArrowLeft', forth: 'ArrowRight', around: true };
  const to = walkedTo(event.key, at, dockTabs.length, keys);
  if (to === undefined) return;
  event.preventDefault();
  const { mode, button } = dockTabs[to];
  change({ mode });
  button.focus();
}

export function startDock() {
  const list = element('div', { id: 'tabs', role: 'tablist' });
  list.setAttribute('aria-label', say('map.dock.tabs'));
  list.addEventListener('keydown', walkTabs);
  byId('legend').append(list);
  byId('filter').addEventListener('click', () => openDock(byId('legend').hidden));
  openDock(!phone.matches);
  whenChanged(['mode'], () => {
    showTab();
    byId('legend').scrollTop = 0;
    if (state.mode) openDock(true);
  });
}
