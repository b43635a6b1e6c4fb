// The page of a vault's graph: what is started, in which order.

import { vault } from './data.js';
import { byId } from './dom.js';
import { translateMarkup } from './say.js';
import { startTheme } from './theme.js';
import { startVisible } from './visible.js';

byId('vault').textContent = vault;
document.title = `${vault} · graph`;
translateMarkup();
startTheme();
startVisible();
window.vaultGraph = Object.freeze({ firstPaint: () => performance.now() });
