import { toldLine, UnreadDependencies } from './dependency.ts';

/** One entry of a `yarn.lock`, in either form. */
export interface YarnEntry {
  /** What it stands for: `name@range`; in the form of today one text may have several of them. */
  readonly keys: readonly string[];
  readonly fields: ReadonlyMap<string, string>;
  /** What it needs, by name and range. */
  readonly asks: readonly (readonly [name: string, spec: string])[];
}

/** `name value` of old, `name: value` of today, without escapes: an escape may spell any name, and what follows a value may be another field. */
const line = {
  header: /^(?:"[^"\\]+"|[A-Za-z_][^\s",:\\]*)(?:, (?:"[^"\\]+"|[A-Za-z_][^\s",:\\]*))*:$/,
  field: /^ {2}([A-Za-z]+):? (?:"([^"\\]*)"|(\w[^\s",\\]*))$/,
  conditions: /^ {2}conditions: (?:(?:[&|]|\(?[a-z]+=!?[\w.-]+\)?)(?: (?=\S)|$))+$/,
  block: /^ {2}([A-Za-z]+):$/,
  within: /^ {4,}\S/,
  ask: /^ {4}(?:"([^"\\]+)"|([^\s":\\]+)):? (?:"([^"\\]*)"|(\S.*))$/,
};

const scalars = new Set(['version', 'resolved', 'integrity', 'resolution', 'checksum', 'languageName', 'linkType', 'cacheKey', 'name', 'uid', 'registry']);
const blocks = new Set(['dependencies', 'optionalDependencies', 'peerDependencies', 'dependenciesMeta', 'peerDependenciesMeta', 'bin', 'permissions', 'prebuiltVariants']);

/** Those of which all stand in the lock file, whatever system wrote it. */
const asking = new Set(['dependencies', 'optionalDependencies']);

/** What only some programs take for an end of a line, or for nothing. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const otherBlank = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f\u0085\u2028\u2029\ufeff]/;

/** Line by line, as Yarn writes it: entries at the margin, fields two blanks in, each once. @throws UnreadDependencies For any other line. */
export function yarnEntries(text: string): readonly YarnEntry[] {
  if (otherBlank.test(text)) throw new UnreadDependencies('it has a character that is a blank for some programs only');
  const entries: { readonly keys: readonly string[]; readonly fields: Map<string, string>; readonly asks: (readonly [string, string])[] }[] = [];
  let block: string | null = null;
  for (const one of text.split(/\r\n?|\n/)) {
    if (one.trim() === '' || one.startsWith('#')) continue;
    if (block !== null && line.within.test(one)) {
      if (asking.has(block)) entries.at(-1)?.asks.push(...askOf(one));
      continue;
    }
    block = null;
    if (line.header.test(one)) {
      entries.push({ keys: keysOf(one), fields: new Map(), asks: [] });
      continue;
    }
    const field = fieldOf(one);
    const fields = entries.at(-1)?.fields;
    if (field === null || fields === undefined || fields.has(field.name)) throw new UnreadDependencies(`it has a line that is of no entry: ${toldLine(one)}`);
    fields.set(field.name, field.value);
    block = field.isBlock ? field.name : null;
  }
  return entries;
}

function askOf(text: string): readonly (readonly [string, string])[] {
  const [, quotedName, plainName, quoted, plain] = line.ask.exec(text) ?? [];
  const name = quotedName ?? plainName;
  return name === undefined ? [] : [[name, quoted ?? plain ?? '']];
}

function keysOf(header: string): readonly string[] {
  return [...header.matchAll(/"([^"]+)"|([^\s",:]+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

function fieldOf(text: string): { readonly name: string; readonly value: string; readonly isBlock: boolean } | null {
  if (line.conditions.test(text)) return { name: 'conditions', value: '', isBlock: false };
  const block = line.block.exec(text)?.[1];
  if (block !== undefined) return blocks.has(block) ? { name: block, value: '', isBlock: true } : null;
  const [, name, quoted, plain] = line.field.exec(text) ?? [];
  return name !== undefined && scalars.has(name) ? { name, value: quoted ?? plain ?? '', isBlock: false } : null;
}
