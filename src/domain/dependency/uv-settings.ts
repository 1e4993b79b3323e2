import { harmlessSettings } from './harmless-settings.ts';
import type { TomlTable } from './toml-table.ts';

/** Of uv and its part `pip`, the names of all settings but the harmless: where packages come from, over which proxy, unchecked. One that is not known is among them. */
export function uvSettings(table: TomlTable): readonly string[] {
  return Object.keys(table).filter((name) => !harmlessSettings.uv.has(name)).toSorted();
}
