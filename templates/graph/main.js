// The page of a vault's graph: what is started, in which order.

import { vault } from './data.js';
import { byId } from './dom.js';
import { startColors } from './colors.js';
import { startDraw } from './draw.js';
import { startHulls } from './hulls.js';
import { startLabels } from './labels.js';
import { startLit } from './lit.js';
import { startPins } from './pins.js';
import { startPointer } from './pointer.js';
import { publish } from './publish.js';
import { translateMarkup } from './say.js';
import { startTheme } from './theme.js';
import { startView } from './view.js';
import { startVisible } from './visible.js';

byId('vault').textContent = vault;
document.title = `${vault} · graph`;
translateMarkup();
startTheme();
startVisible();
startColors();
startView();
startHulls();
startLit();
startLabels();
startPins();
startPointer();
startDraw();
publish();
