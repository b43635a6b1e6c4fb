// The page of a vault's graph: what is started, in which order.

import { startAddress } from './address.js';
import { vault } from './data.js';
import { startDock } from './dock.js';
import { byId } from './dom.js';
import { startDraw } from './draw.js';
import { startFilters } from './filters.js';
import { startLegend } from './legend.js';
import { startModes } from './modes.js';
import { startPanel } from './panel.js';
import { publish } from './publish.js';
import { translateMarkup } from './say.js';
import { startSearch } from './search.js';
import { startTheme } from './theme.js';
import { startTime } from './time.js';
import { startVisible } from './visible.js';
import { startWays } from './ways.js';

byId('vault').textContent = vault;
document.title = `${vault} · graph`;
translateMarkup();
startTheme();
startVisible();
startDock();
startLegend();
startFilters();
startDraw();
startSearch();
startModes();
startWays();
startTime();
startPanel();
publish();
startAddress();
