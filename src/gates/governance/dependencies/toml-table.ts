import { parse } from 'smol-toml';
import type { TomlTableWithoutBigInt, TomlValueWithoutBigInt } from 'smol-toml';

export type TomlTable = TomlTableWithoutBigInt;
export type TomlValue = TomlValueWithoutBigInt;

/** @throws Error Of the library, for what is no TOML. */
export function readToml(text: string): TomlTable {
  return parse(text, { maxDepth: 64 });
}

/** The table at a path of names; empty where there is none. */
export function tableAt(table: TomlTable, ...names: readonly string[]): TomlTable {
  let found: TomlTable = table;
  for (const name of names) {
    const next = Object.hasOwn(found, name) ? found[name] : undefined;
    if (!isTable(next)) return {};
    found = next;
  }
  return found;
}

export function listAt(table: TomlTable, name: string): readonly TomlValue[] {
  const value = Object.hasOwn(table, name) ? table[name] : undefined;
  return Array.isArray(value) ? value : [];
}

export function textAt(table: TomlTable, name: string): string | null {
  const value = Object.hasOwn(table, name) ? table[name] : undefined;
  return typeof value === 'string' ? value : null;
}

export function isTable(value: TomlValue | undefined): value is TomlTable {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date);
}
