// A rule for modules that are joined into one script: what is imported is there, no two of them declare a name at their
// top, none imports itself by way of others, and nothing is exported for nobody.

import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const IMPORT = /^import \{([^}]*)\} from '\.\/([\w-]+\.js)';$/gm;
const DECLARED =
  /^(export )?(?:async )?(?:function\*? ?(\w+)|class (\w+)|(?:const|let) (?:(\w+)|[{[]([^}\]]*)[}\]]))/gm;
const STARTS = ['main.js', 'worker.js'];

const folders = new Map();

function words(list) {
  return list
    .split(',')
    .map((word) => word.trim().split(':').pop().split('=')[0].replace('...', '').trim())
    .filter(Boolean);
}

function read(folder, file) {
  const text = readFileSync(join(folder, file), 'utf8');
  const imports = [...text.matchAll(IMPORT)].map(([, names, from]) => ({ names: words(names), from }));
  const declared = new Map();
  for (const [, shared, one, other, third, several] of text.matchAll(DECLARED)) {
    const alone = several === undefined;
    for (const name of alone ? [one || other || third] : words(several)) declared.set(name, { shared, alone });
  }
  return { imports, declared };
}

function modulesOf(folder) {
  if (!folders.has(folder)) {
    const files = readdirSync(folder).filter((file) => file.endsWith('.js') && file !== 'head.js');
    folders.set(folder, new Map(files.map((file) => [file, read(folder, file)])));
  }
  return folders.get(folder);
}

function reached(modules, first) {
  const found = new Set([first]);
  for (const file of found) for (const { from } of modules.get(file)?.imports ?? []) found.add(from);
  return found;
}

function* troubles(modules, file) {
  const own = modules.get(file);
  for (const { names, from } of own.imports) {
    if (!modules.has(from)) yield `there is no ${from}`;
    for (const name of names)
      if (modules.has(from) && !modules.get(from).declared.get(name)?.shared) yield `${from} exports no ${name}`;
    if (reached(modules, from).has(file)) yield `${file} and ${from} import each other`;
  }
  const together = STARTS.map((start) => reached(modules, start)).filter((files) => files.has(file));
  if (!together.length) yield `nothing imports ${file}`;
  const beside = new Set(together.flatMap((files) => [...files]));
  for (const [name, { shared, alone }] of own.declared) {
    for (const other of beside)
      if (other < file && modules.get(other)?.declared.has(name)) yield `${other} declares ${name} too`;
    const asked = [...modules.values()].some(({ imports }) =>
      imports.some(({ names, from }) => from === file && names.includes(name)),
    );
    if (shared && alone && !asked) yield `${name} is exported and nobody imports it`;
  }
}

export default {
  meta: { type: 'problem', schema: [] },
  create(context) {
    return {
      Program(node) {
        const file = basename(context.filename);
        for (const message of troubles(modulesOf(dirname(context.filename)), file)) context.report({ node, message });
        for (const part of node.body) {
          const isPlain =
            part.type !== 'ImportDeclaration' || new RegExp(IMPORT.source).test(context.sourceCode.getText(part));
          if (!isPlain)
            context.report({
              node: part,
              message: "Python joins what is written import { a, b } from './c.js'; and nothing else",
            });
        }
      },
    };
  },
};
