// A rule for modules that are joined into one script: what is imported is there, no two of them declare a name at their
// top, none imports itself by way of others, and nothing is exported for nobody.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';

// What Python takes out: vault_tools/exporters/html/scripts.py.
const IMPORT = /^import \{[^}]*\} from '\.{1,2}\/[\w./-]+\.js';$/;
const EXPORT = /^export (?:async )?(?:function|const|let|class)\b/;
const STARTS = ['main.js', 'drawing/worker.js'];
const ALONE = 'head.js'; // not a module

const pages = new Map(); // the folder of a page → its modules by their paths in it

// The folder of the page that a script belongs to.
const pageOf = (folder) => (existsSync(join(folder, STARTS[0])) ? folder : pageOf(dirname(folder)));

const pathIn = (folder, file) => relative(folder, file).split(sep).join('/');

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

function moduleOf(path, { body }) {
  const imports = [];
  const declared = new Map(); // name → whether it is exported
  for (const part of body) {
    if (part.type === 'ImportDeclaration')
      imports.push({
        names: part.specifiers.map(({ local }) => local.name),
        from: posix.join(posix.dirname(path), part.source.value),
      });
    const shared = part.type === 'ExportNamedDeclaration';
    for (const name of declaredBy(shared ? part.declaration : part)) declared.set(name, shared);
  }
  return { imports, declared };
}

function modulesOf(folder, parser) {
  if (!pages.has(folder)) {
    const paths = readdirSync(folder, { recursive: true }).map((path) => path.split(sep).join('/'));
    const scripts = paths.filter((path) => path.endsWith('.js') && path !== ALONE);
    const parsed = (path) =>
      parser.parse(readFileSync(join(folder, path), 'utf8'), { ecmaVersion: 2022, sourceType: 'module' });
    pages.set(folder, new Map(scripts.map((path) => [path, moduleOf(path, parsed(path))])));
  }
  return pages.get(folder);
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
        const page = pageOf(dirname(context.filename));
        const file = pathIn(page, context.filename);
        const modules = modulesOf(page, context.languageOptions.parser);
        for (const message of troubles(modules, file)) context.report({ node, message });
        for (const part of node.body) {
          const message = misjoined(part, context.sourceCode.getText(part));
          if (message) context.report({ node: part, message });
        }
      },
    };
  },
};
