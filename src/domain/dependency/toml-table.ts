import { parse } from 'smol-toml';
import type { TomlTableWithoutBigInt, TomlValueWithoutBigInt } from 'smol-toml';
import { UnreadDependencies } from './dependency.ts';

export type TomlTable = TomlTableWithoutBigInt;
export type TomlValue = TomlValueWithoutBigInt;

/** @throws Error Of the library, for what is no TOML. */
export function readToml(text: string): TomlTable {
  return parse(text, { maxDepth: 64 });
}

/** The table at a path of names; empty where there is none. @throws UnreadDependencies Where another value stands. */
export function tableAt(table: TomlTable, ...names: readonly string[]): TomlTable {
  let found: TomlTable = table;
  for (const name of names) {
    const next = valueAt(found, name) ?? {};
    if (!isTable(next)) throw otherThan('table', name);
    found = next;
  }
  return found;
}

/** Empty where there is none. @throws UnreadDependencies Where another value stands. */
export function listAt(table: TomlTable, name: string): readonly TomlValue[] {
  const value = valueAt(table, name) ?? [];
  if (!Array.isArray(value)) throw otherThan('list', name);
  return value;
}

/** @throws UnreadDependencies Where another value stands. */
export function textAt(table: TomlTable, name: string): string | null {
  const value = valueAt(table, name) ?? null;
  if (value !== null && typeof value !== 'string') throw otherThan('text', name);
  return value;
}

export function valueAt(table: TomlTable, name: string): TomlValue | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** All values with the names that lead to them, by points between: programs take a name with points in it for the same. */
export function flatEntries(table: TomlTable, before = ''): readonly (readonly [name: string, value: TomlValue])[] {
  return Object.entries(table).flatMap(([name, value]) => (isTable(value) ? flatEntries(value, `${before}${name}.`) : [[`${before}${name}`, value] as const]));
}

function otherThan(kind: string, name: string): UnreadDependencies {
  return new UnreadDependencies(`what it has as ${JSON.stringify(name.slice(0, 40))} is no ${kind}`);
}

export function isTable(value: TomlValue | undefined): value is TomlTable {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date);
}
