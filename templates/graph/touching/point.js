// Where on the map the pointer is, and how far beside a node it may be.

import { byId } from '../base/dom.js';

export const slackOf = (touch) => (touch ? 16 : 3);

export function pointOn(event) {
  const { left, top } = byId('picture').getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}
