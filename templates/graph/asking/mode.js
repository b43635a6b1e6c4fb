// A mode: a tab with kinds of findings to choose from and a list of those that are chosen, and the map lit accordingly.
//
// A mode is a record: { name, lead, parts, sizeOf, inParts, mostRows, empty }. `parts` makes what may be chosen of the
// page's details: [{ key, label, meaning, color, rows }]; `hidden` of choices.toml names the set in `state` of those that
// are off. `inParts`: the list is in parts as well. Of a mode that was shown, `found` are its parts and `list` is its list.

import { details, modes } from '../base/data.js';
import { addTab } from './dock.js';
import { element, phone } from '../base/dom.js';
import { emptyNote } from './findings.js';
import { fillList, modeParts } from './kinds.js';
import { lightMode } from './marks.js';
import { fitAll } from '../seeing/moving.js';
import { filledParts, leaveOut } from './parts.js';
import { say } from '../base/say.js';
import { state, whenChanged } from '../base/state.js';
import { view } from '../seeing/view.js';

export function addMode(described) {
  const { hidden } = modes.find(({ name }) => name === described.name);
  const mode = { ...described, hidden, panel: element('div', { className: 'mode' }), found: null, list: null };
  addTab(mode.name, mode.panel);
  whenChanged(['mode'], () => showFitted(mode));
  whenChanged(['themed'], () => lightMode(mode));
  whenChanged([mode.hidden], () => {
    if (!mode.found || state.mode !== mode.name) return;
    for (const row of mode.panel.querySelectorAll('.kinds li')) row.mark();
    fillList(mode);
    lightMode(mode);
  });
}

async function show(mode) {
  if (state.mode !== mode.name) return;
  if (!mode.found && !(await findParts(mode))) return;
  if (state.mode !== mode.name) return;
  const { panel, found, empty } = mode;
  panel.replaceChildren(...(filledParts(found).length ? modeParts(mode) : [emptyNote(empty())]));
  lightMode(mode);
}

// Whether its parts could be made of the page's details, which are opened for the first mode.
async function findParts(mode) {
  const { panel, parts } = mode;
  panel.replaceChildren(element('p', { className: 'lead', role: 'status', textContent: say('map.modes.loading') }));
  try {
    const made = parts(await details());
    if (!mode.found) leaveOut(mode, made);
    mode.found = made;
    return true;
  } catch {
    panel.replaceChildren(emptyNote(say('map.modes.unreadable')));
    return false;
  }
}

// On a phone the sheet covers half of the map: what is marked moves into the other half, unless one looks elsewhere.
async function showFitted(mode) {
  const { scale } = view;
  await show(mode);
  if (state.mode === mode.name && phone.matches && view.scale === scale) fitAll();
}
