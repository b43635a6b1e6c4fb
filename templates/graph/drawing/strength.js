// How strong lines are.

import { wholeScale } from '../seeing/fit.js';
import { view } from '../seeing/view.js';
import { shownMany } from '../seeing/visible.js';

// How strong plain lines are and how strong those that mean something: the more there are, the weaker; near by, stronger.
export function lineStrength(scale = view.scale) {
  const near = Math.min(3.6, Math.max(0.8, (scale / wholeScale) ** 0.5));
  const alpha = Math.min(0.45, Math.max(0.055, 0.45 * Math.min(1, 500 / (shownMany.edges + 1)) ** 0.42 * near));
  return { alpha, meant: Math.min(0.85, alpha * 1.8 * Math.min(1, (scale / 0.36) ** 0.3) + 0.04) };
}
