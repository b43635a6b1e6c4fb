// The page of a vault's graph: what is started, in which order.

import { vault } from './data.js';
import { byId } from './dom.js';
import { startDraw } from './draw.js';
import { startKeyboard } from './keyboard.js';
import { startList } from './list.js';
import { startLocal } from './local.js';
import { startMore } from './more.js';
import { startPanel } from './panel.js';
import { publish } from './publish.js';
import { translateMarkup } from './say.js';
import { startTheme } from './theme.js';
import { startVisible } from './visible.js';

byId('vault').textContent = vault;
document.title = `${vault} · graph`;
translateMarkup();
startTheme();
startVisible();
startDraw();
startPanel();
startLocal();
startList();
startMore();
startKeyboard();
publish();
