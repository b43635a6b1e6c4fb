// How large the dots around a note are.

import { nodes } from '../base/data.js';
import { nearbyView } from './nearby.js';

const CROWD_AROUND = 25; // more than so many have larger dots

// Where there are many they are seen from farther away, and larger for it.
export const aroundGrowth = () => Math.max(1, Math.sqrt(nearbyView.area.steps.size / CROWD_AROUND));

export function aroundSize(node) {
  if (node === nearbyView.area.centre) return 17 * aroundGrowth();
  return (Math.max(6, Math.min(14, nodes.size[node] * 0.6)) - nearbyView.area.steps.get(node) * 0.5) * aroundGrowth();
}
