// Reads blocks of YAML as Obsidian does (`parse` of the library `yaml`, default options) and says what it makes of them.
// One block a line, as a JSON string; one answer a line: {"value": …}, or {"error": code, "line": 0-based}.
// Entries of a mapping are written as pairs, so that their order is told; numbers without end as text in {"n": …}.
import { createInterface } from 'node:readline';
import { parseDocument } from 'yaml';

function shown(value) {
  if (typeof value === 'number') return Number.isFinite(value) ? value : { n: String(value) };
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(shown);
  if (value === null || typeof value === 'boolean') return value;
  if (value === undefined) return null;
  const kind = Object.getPrototypeOf(value);
  if (kind !== Object.prototype) return { o: value.constructor.name };
  return { m: Object.entries(value).map(([key, item]) => [key.toWellFormed(), shown(item)]) };
}

function answer(block) {
  const document = parseDocument(block, { logLevel: 'error' });
  const [error] = document.errors;
  if (error) return { error: error.code, line: (error.linePos?.[0].line ?? 1) - 1 };
  try {
    return { value: shown(document.toJS()) };
  } catch (thrown) {
    return { error: thrown instanceof ReferenceError ? 'ALIAS' : thrown instanceof RangeError ? 'CYCLE' : 'THROWN', line: 0 };
  }
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  let text;
  try {
    text = JSON.stringify(answer(JSON.parse(line)));
  } catch (thrown) {
    text = JSON.stringify({ error: `${thrown}`, line: 0 });
  }
  process.stdout.write(`${text}\n`);
}
