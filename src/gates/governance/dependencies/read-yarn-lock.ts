import { UnreadDependencies } from './dependency.ts';
import type { Dependency, DependencyFacts } from './dependency.ts';
import { npmSource } from './npm-source.ts';
import { npmAlias } from './npm-spec.ts';

interface Entry {
  readonly header: string;
  readonly fields: Map<string, string>;
}

/** Both forms, line by line: entries at the margin, fields two blanks in; `name value` of old, `name: value` of today. */
export function readYarnLock(text: string): DependencyFacts {
  const entries: Entry[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '' || line.startsWith('#') || /^ {4,}/.test(line)) continue;
    const field = /^ {2}(?! )"?([a-z]+)"?:? ?(.*)$/i.exec(line);
    if (field !== null) entries.at(-1)?.fields.set(field[1] ?? '', unquoted(field[2] ?? ''));
    else if (/^\S.*:$/.test(line)) entries.push({ header: line.slice(0, -1), fields: new Map() });
    else throw new UnreadDependencies(`it has a line that is of no entry: ${JSON.stringify(line.slice(0, 40))}`);
  }
  return { dependencies: entries.flatMap((entry) => dependencyOf(entry)), indexes: [] };
}

function dependencyOf({ header, fields }: Entry): readonly Dependency[] {
  if (header === '__metadata' || header === '"__metadata"') return [];
  const [key, spec] = nameAndSpec(fields.get('resolution') ?? unquoted(header.split(',')[0] ?? '').replace(/^"|"$/g, ''));
  if (/^(?:workspace|link|portal|file):/.test(spec)) return [];
  const name = npmAlias(spec)?.name ?? key;
  const resolved = fields.get('resolved') ?? archiveOf(spec);
  const elsewhere = /^(?:npm:|patch:|[\d^~<>=*v]|latest$)/.test(spec) ? null : spec;
  const hashes = [fields.get('integrity'), fields.get('checksum')].filter((hash) => hash !== undefined);
  return [{ name, kind: 'lock', wanted: fields.get('version') ?? '', source: resolved === undefined ? elsewhere : npmSource(resolved, name), hashes, isDirect: false }];
}

/** The address of a file that is not where the registry has others: `npm:1.0.0::__archiveUrl=…`. */
function archiveOf(spec: string): string | undefined {
  const address = /[:&]__archiveUrl=([^&]*)/.exec(spec)?.[1];
  return address === undefined ? undefined : decodeURIComponent(address);
}

/** `@scope/name@spec`. */
function nameAndSpec(text: string): readonly [string, string] {
  const at = text.indexOf('@', 1);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function unquoted(text: string): string {
  return /^"(.*)"$/.exec(text.trim())?.[1] ?? text.trim();
}
