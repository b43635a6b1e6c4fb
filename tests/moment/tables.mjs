// Writes templates/locales.json: what Moment.js says in each of its locales, as tables.
//
//     npm install --prefix /some/folder moment@2.29.4
//     node tests/moment/tables.mjs /some/folder > templates/locales.json
//
// Functions of a locale (ordinals, parts of the day, cases of months) are asked for every value they may get.
// What equals the default of a field of `Locale` in vault_tools/dialect/moment.py is not written.
// A locale whose answers fit no table is left out, and named on stderr.

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

process.env.TZ = "UTC"; // eras begin at midnight of the local time
const home = join(resolve(process.argv[2]), "node_modules", "moment");
const load = createRequire(join(home, "x.js"));
const moment = load("./moment.js");
const files = readdirSync(join(home, "locale")).map((file) => file.replace(/\.js$/, ""));
for (const name of files) load(`./locale/${name}`);
const names = ["en", ...files].filter((name) => name !== "x-pseudo").sort(); // a language for testing only

const range = (count) => [...Array(count).keys()];
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const day = (month) => moment.utc([2024, month, 15]);
const weekday = (at) => moment.utc([2023, 0, 1 + at]); // 1 January 2023 was a Sunday

// In which formats a name takes its other case: Moment's own rule first, then rules that locales write as functions.
const RULES = ["D[oD]?(\\[[^\\[\\]]*\\]|\\s)+MMMM?", "D MMMM", "-MMM-", "^(?:(?!MMMM)[\\s\\S])*?D"];
const WEEKDAY_RULES = ["(\\[[ВвУу]\\]) ?dddd", "\\[?(?:минулої|наступної)? ?\\] ?dddd"]; // Ukrainian
const FORMATS = [
  "MMMM", "MMM", "D MMMM", "DD MMMM", "Do MMMM", "D MMM", "DD MMM", "D. MMMM", "MMMM D", "D [x] MMMM", "D[x]MMM", "Do MMM",
  "-MMM-", "D-MMM-YYYY", "D-MMMM-YYYY", "MMM-", "dddd D MMMM", "DDDD MMMM", "DMMMM", "DMMM", "YYYY MMMM DD", "MMMM YYYY", "MMM YYYY",
];

// JavaScript's blanks, which are not quite Python's.
const BLANK = "[\\t-\\r \\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]";
const portable = (rule) => rule.replaceAll(/(?<!\[)\\s/g, BLANK);

// The names as they stand alone, and [rule, names] for each other case; the first rule that fits a format counts.
function cased(ask, rules, token) {
  const plain = range(12).map((month) => ask(month, "MMMM MMM"));
  for (const rule of rules) {
    const other = range(12).map((month) => ask(month, rule === "-MMM-" ? "-MMM-" : "D MMMM DD MMM"));
    const test = new RegExp(rule);
    const fits = (format) => range(12).every((month) => ask(month, format) === (test.test(format) ? other : plain)[month]);
    if (!FORMATS.filter((format) => format.includes(token)).every(fits)) continue;
    return same(plain, other) ? { plain } : { cases: [[portable(rule), other]], plain };
  }
  throw new Error("its months fit no rule");
}

function months(locale) {
  const own = locale._months?.isFormat?.source;
  return cased((month, format) => locale.months(day(month), format), own ? [own, ...RULES] : RULES, "MMMM");
}

function weekdays(locale) {
  const week = (format) => range(7).map((at) => locale.weekdays(weekday(at), format));
  const plain = week("dddd");
  const own = locale._weekdays; // a function takes the place of `weekdays` itself
  if (own?.isFormat) return { cases: [[portable(own.isFormat.source), own.format]], plain };
  if (own) return { plain };
  return { cases: [[WEEKDAY_RULES[0], week("[в] dddd")], [WEEKDAY_RULES[1], week("[минулої] dddd")]], plain };
}

const TOKENS = ["y", "M", "D", "DDD", "d", "w", "W", "Q"];
const LAYERS = [10, 100, 10000];

const read = ({ usual, odd }, number) => odd.find(([modulus, numbers]) => numbers.includes(number % modulus))?.[2] ?? usual;

function* every(texts, step, at) {
  for (; at < texts.length; at += step) yield texts[at];
}

function most(texts) {
  const counts = new Map();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1])[0][0];
}

// The usual text, and the odd ones as [modulus, remainders, text]: first by last digit, then by two, then by number.
function layers(texts) {
  const found = { odd: [], tokens: [], usual: most(texts) };
  for (const modulus of LAYERS) {
    const rows = new Map();
    for (const rest of range(Math.min(modulus, texts.length))) {
      const text = most(every(texts, modulus, rest));
      if (text !== read(found, rest)) rows.set(text, [...(rows.get(text) ?? []), rest]);
    }
    found.odd.unshift(...[...rows].map(([text, numbers]) => [modulus, numbers, text]));
  }
  return found;
}

function ordinals(locale) {
  const rows = [];
  for (const token of TOKENS) {
    const text = (number) => String(locale.ordinal(number, token)).replace(String(number), "%d");
    const texts = range(token === "y" ? 10000 : 367).map(text);
    const row = rows.find((known) => texts.every((text, number) => text === read(known, number)));
    if (!row) rows.push(layers(texts));
    (row ?? rows.at(-1)).tokens.push(token);
  }
  return rows;
}

// [first minute of the day, `A`, `a`] for each part of the day
function meridiem(locale) {
  const rows = [];
  for (const minute of range(1440)) {
    const words = [false, true].map((lower) => String(locale.meridiem(Math.floor(minute / 60), minute % 60, lower)));
    if (!same(rows.at(-1)?.slice(1), words)) rows.push([minute, ...words]);
  }
  return rows;
}

function signs(locale) {
  const ascii = range(95).map((code) => String.fromCharCode(code + 32));
  return Object.fromEntries(ascii.map((sign) => [sign, locale.postformat(sign)]).filter(([sign, shown]) => sign !== shown));
}

const FIRST_YEAR = Date.UTC(100, 0);
const iso = (time) => (time > FIRST_YEAR && time < Infinity ? new Date(time).toISOString().slice(0, 10) : "");
const era = ({ since, until, offset, name, narrow, abbr }) => ({ name, narrow, offset, short: abbr, since: iso(since), until: iso(until) });
const eras = (locale) => locale.eras().filter((one) => one.until !== -Infinity).map(era);

const CUT = new Set(["MMMM", "MM", "DD", "dddd"]);
const cut = (format) => format.replace(/\[[^[]*\]|MMMM|MM|DDDD|DDD|DD|dddd/g, (token) => (CUT.has(token) ? token.slice(1) : token));

// The long formats; a short variant (`ll`) only where it is not the long one (`LL`) with some tokens cut by a letter.
function long(locale) {
  const text = (key) => locale.longDateFormat(key);
  const own = ["l", "ll", "lll", "llll"].filter((key) => text(key) !== cut(text(key.toUpperCase())));
  return Object.fromEntries(["L", "LL", "LLL", "LLLL", "LT", "LTS", ...own].map((key) => [key, text(key)]));
}

function table(name) {
  const locale = moment.localeData(name);
  const short = (month, format) => locale.monthsShort(day(month), format);
  const found = {
    eras: eras(locale),
    first_week: locale.firstDayOfYear(),
    first_weekday: locale.firstDayOfWeek(),
    long: long(locale),
    meridiem: meridiem(locale),
    months: months(locale),
    months_short: cased(short, RULES, "MMM"),
    ordinals: ordinals(locale),
    signs: signs(locale),
    weekdays: weekdays(locale),
    weekdays_min: range(7).map((at) => locale.weekdaysMin(weekday(at))),
    weekdays_short: range(7).map((at) => locale.weekdaysShort(weekday(at))),
  };
  if (same(found.eras, eras(moment.localeData("en")))) delete found.eras;
  if (same(found.signs, {})) delete found.signs;
  return found;
}

const lines = [];
for (const name of names) {
  try {
    lines.push(`${JSON.stringify(name)}: ${JSON.stringify(table(name))}`);
  } catch (error) {
    process.stderr.write(`${name}: ${error.message}\n`);
  }
}
const notice = `Tables made from Moment.js 2.29.4. ${readFileSync(join(home, "LICENSE"), "utf8").trim()}`;
process.stdout.write(`{\n"notice": ${JSON.stringify(notice)},\n${lines.join(",\n")}\n}\n`);
