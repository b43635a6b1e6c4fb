// The days on which notes were made, and the span of them that is shown.

import { daySpan } from '../base/days.js';
import { state } from '../base/state.js';

export const timeRange = daySpan();

export const timeUntil = () => state.until || timeRange.last;
export const timeSince = () => state.since || timeRange.first;
