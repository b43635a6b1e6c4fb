// Where this page is. The name and the folder of the vault, and how Obsidian opens a note of it, follow from that when
// the page is opened: the page itself says nothing of them, so that every device of the vault writes the same page.

import { givenName, pageName, pagesFolder } from './data.js';
import { wellFormed } from './dom.js';
import { say } from './say.js';

const DRIVE = /^\/([A-Za-z]:)/;

// The vault's folder: { path, sign }, `sign` is what its system puts between folders. null where it cannot be known:
// the page was not opened from a disk, or it does not lie in the folder of the pages.
function homeOf({ protocol, host, pathname }) {
  if (protocol !== 'file:') return null;
  const parts = decoded(pathname).split('/');
  const own = `${pagesFolder}/${pageName}`.split('/');
  const tail = parts.splice(-own.length);
  if (parts.length < 2 || tail.some((part, at) => spelled(part) !== spelled(own[at]))) return null;
  return onSystem(parts.join('/'), host === 'localhost' ? '' : host);
}

function onSystem(path, host) {
  const windows = (text) => ({ path: text.replaceAll('/', '\\'), sign: '\\' });
  if (host) return windows(`//${host}${path}`);
  if (path.startsWith('//')) return windows(path.replace(/^\/+/, '//'));
  return DRIVE.test(path) ? windows(path.slice(1)) : { path, sign: '/' };
}

function decoded(pathname) {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return ''; // not UTF-8: no path that Obsidian could be told
  }
}

const spelled = (part) => part.normalize('NFC').toLowerCase();

const home = homeOf(location);

export const vault = givenName || (home && home.path.split(home.sign).at(-1)) || say('map.plain.vault');

// Under which name the browser keeps what belongs to this page only.
export const pageKey = (what) => `vault-tools-${what}:${location.pathname}`;

// The same as urllib.parse.quote(path, safe='').
function quoted(path) {
  const escaped = (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(wellFormed(path)).replace(/[!'()*]/g, escaped);
}

// The address that opens a file of the vault in Obsidian; without a name or a place, in the vault that was used last.
export function addressOf(path) {
  if (givenName) return `obsidian://open?vault=${quoted(givenName)}&file=${quoted(path)}`;
  if (!home) return `obsidian://open?file=${quoted(path)}`;
  return `obsidian://open?path=${quoted([home.path, ...path.split('/')].join(home.sign))}`;
}
