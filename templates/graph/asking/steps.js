// The way between two notes, step by step.

import { edges } from '../base/data.js';
import { element, walkedTo } from '../base/dom.js';
import { goToNode } from './go.js';
import { nodeButton, relationLine, relationName } from '../seeing/samples.js';
import { count, say } from '../base/say.js';

function wayStepRow(node, step) {
  const button = nodeButton(node, goToNode);
  const said =
    step &&
    element(
      'span',
      { className: step.back ? 'relation back' : 'relation' },
      relationLine(edges.relation[step.edge]),
      element('span', { dir: 'auto', textContent: relationName(edges.relation[step.edge], !step.back) }),
    );
  return element('li', {}, ...[said, button].filter(Boolean));
}

// Up and down walk from step to step.
function walkList(event) {
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement);
  const to = walkedTo(event.key, at, buttons.length);
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  buttons[to].focus();
}

export function wayParts(from, { steps, typed }) {
  const list = element(
    'ol',
    { className: 'steps' },
    wayStepRow(from),
    ...steps.map((step) => wayStepRow(step.to, step)),
  );
  list.setAttribute('aria-label', say('map.ways.label'));
  list.addEventListener('keydown', walkList);
  const lead = typed ? count('map.ways.steps-typed', steps.length) : count('map.ways.steps-plain', steps.length);
  return [element('p', { className: 'lead', textContent: lead }), list];
}
