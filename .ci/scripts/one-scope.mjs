// A rule for modules that are joined into one script: what is imported is there, no two of them declare a name at their
// top, none imports itself by way of others, and nothing is exported for nobody.

import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

// What Python takes out: vault_tools/exporters/html/scripts.py.
const IMPORT = /^import \{[^}]*\} from '\.\/[\w-]+\.js';$/;
const EXPORT = /^export (?:async )?(?:function|const|let|class)\b/;
const STARTS = ['main.js', 'worker.js'];

const folders = new Map();

// The names that a pattern declares: a, { a, b: c, ...d }, [a, , b = 1].
function namesIn(pattern) {
  if (!pattern) return [];
  if (pattern.type === 'Identifier') return [pattern.name];
  if (pattern.type === 'AssignmentPattern') return namesIn(pattern.left);
  if (pattern.type === 'RestElement') return namesIn(pattern.argument);
  if (pattern.type === 'ArrayPattern') return pattern.elements.flatMap(namesIn);
  return pattern.properties.flatMap((part) => namesIn(part.type === 'Property' ? part.value : part));
}

function declaredBy(statement) {
  if (statement?.type === 'VariableDeclaration') return statement.declarations.flatMap(({ id }) => namesIn(id));
  return statement?.id ? [statement.id.name] : [];
}

function moduleOf({ body }) {
  const imports = [];
  const declared = new Map(); // name → whether it is exported
  for (const part of body) {
    if (part.type === 'ImportDeclaration')
      imports.push({ names: part.specifiers.map(({ local }) => local.name), from: basename(part.source.value) });
    const shared = part.type === 'ExportNamedDeclaration';
    for (const name of declaredBy(shared ? part.declaration : part)) declared.set(name, shared);
  }
  return { imports, declared };
}

function modulesOf(folder, parser) {
  if (!folders.has(folder)) {
    const files = readdirSync(folder).filter((file) => file.endsWith('.js') && file !== 'head.js');
    const parsed = (file) =>
      parser.parse(readFileSync(join(folder, file), 'utf8'), { ecmaVersion: 2022, sourceType: 'module' });
    folders.set(folder, new Map(files.map((file) => [file, moduleOf(parsed(file))])));
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
      if (modules.has(from) && !modules.get(from).declared.get(name)) yield `${from} exports no ${name}`;
    if (reached(modules, from).has(file)) yield `${file} and ${from} import each other`;
  }
  const together = STARTS.map((start) => reached(modules, start)).filter((files) => files.has(file));
  if (!together.length) yield `nothing imports ${file}`;
  const beside = new Set(together.flatMap((files) => [...files]));
  for (const [name, shared] of own.declared) {
    for (const other of beside)
      if (other < file && modules.get(other)?.declared.has(name)) yield `${other} declares ${name} too`;
    const asked = [...modules.values()].some(({ imports }) =>
      imports.some(({ names, from }) => from === file && names.includes(name)),
    );
    if (shared && !asked) yield `${name} is exported and nobody imports it`;
  }
}

// What joining would leave in the script, or take out wrongly.
function misjoined(part, text) {
  if (part.type === 'ImportDeclaration')
    return IMPORT.test(text) && part.specifiers.every(({ imported, local }) => imported.name === local.name)
      ? ''
      : "Python joins what is written import { a, b } from './c.js'; and nothing else";
  if (!part.type.startsWith('Export') || EXPORT.test(text)) return '';
  return 'Python joins what is exported where it is declared: export function, const, let or class';
}

export default {
  meta: { type: 'problem', schema: [] },
  create(context) {
    return {
      Program(node) {
        const file = basename(context.filename);
        const modules = modulesOf(dirname(context.filename), context.languageOptions.parser);
        for (const message of troubles(modules, file)) context.report({ node, message });
        for (const part of node.body) {
          const message = misjoined(part, context.sourceCode.getText(part));
          if (message) context.report({ node: part, message });
        }
      },
    };
  },
};
