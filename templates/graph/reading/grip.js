// The grip of the side panel, where it is a sheet.

import { byId, element } from '../base/dom.js';
import { say } from '../base/say.js';
import { NONE, change } from '../base/state.js';

// On a phone the panel is a sheet: its grip is drawn up for more of it, and down to put it away.
export function panelGrip() {
  const made = element('button', {
    type: 'button',
    className: 'grip',
    'aria-label': say('map.panel.resize'),
  });
  let from = null;
  const turned = () => byId('panel').classList.toggle('tall');
  made.addEventListener('pointerdown', (event) => {
    from = event.clientY;
    made.setPointerCapture(event.pointerId);
  });
  made.addEventListener('pointerup', (event) => {
    const way = event.clientY - from;
    if (way < -24) byId('panel').classList.add('tall');
    else if (way > 24 && !byId('panel').classList.contains('tall')) change({ selected: NONE });
    else if (way > 24 || Math.abs(way) < 6) turned();
  });
  made.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    turned();
  });
  return made;
}
