import type { Ecosystem } from '../../domain/dependency/dependency-file.ts';

/** Names of packages that very many ask for, by which it is told that another name is near. */
export interface PopularNames {
  /** The popular name that another one is near, and may be mistaken for; null: it is itself popular, or near none. */
  nearestTo(name: string): string | null;
}

/** Shorter names are near too many others. */
const shortest = 5;
/** From this length on one letter more, less, other or moved is looked at. */
const shortestEdited = 6;
/** From this length on two. */
const shortestTwice = 9;

/** @param names The most popular first. */
export function popularNames(names: readonly string[], ecosystem: Ecosystem): PopularNames {
  const plain = names.filter((name) => !name.startsWith('@'));
  const known = new Set(names);
  const byForm = new Map<string, string>();
  const byDeletion = new Map<string, string[]>();
  for (const name of plain.toReversed()) for (const form of formsOf(name)) byForm.set(form, name);
  for (const name of plain) {
    const bare = bareName(name);
    if (bare.length >= shortestEdited - 1) for (const key of [bare, ...deletionsOf(bare)]) byDeletion.set(key, [...(byDeletion.get(key) ?? []), name]);
  }
  return {
    nearestTo(name) {
      const bare = bareName(name);
      if (known.has(name) || name.startsWith('@') || bare.length < shortest || bare.length > 60) return null;
      for (const form of formsOf(name)) {
        const same = byForm.get(form);
        if (same !== undefined) return same;
      }
      return bare.length < shortestEdited ? null : nearestByEdit(bare, byDeletion, ecosystem);
    },
  };
}

function nearestByEdit(bare: string, byDeletion: ReadonlyMap<string, readonly string[]>, _ecosystem: Ecosystem): string | null {
  const keys = [bare, ...deletionsOf(bare)];
  for (const key of keys) for (const candidate of byDeletion.get(key) ?? []) if (distance(bare, bareName(candidate)) === 1) return candidate;
  if (bare.length < shortestTwice) return null;
  return null;
}

/** Without what divides its words. */
export function bareName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** Under which a name is the same to a reader: without dividers, with letters for the digits that look like them, its words in any order, without what is often put before or behind. */
function formsOf(name: string): readonly string[] {
  const bare = bareName(name);
  const words = name.toLowerCase().split(/[-_./]+/).filter((word) => word !== '');
  const core = coreOf(bare);
  return [`bare ${bare}`, `seen ${bare.replaceAll(/[013457]/g, (digit) => alike[digit] ?? digit)}`, ...(words.length > 1 ? [`words ${words.toSorted().join(' ')}`] : []), ...(core.length >= shortest ? [`core ${core}`] : [])];
}

const alike: Readonly<Record<string, string>> = { '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '7': 't' };

function coreOf(bare: string): string {
  return bare.replace(/^(?:node|python|py)(?=.{4})/, '').replace(/(?<=.{4})(?:js|py|node|python|s|\d)$/, '');
}

function deletionsOf(text: string): readonly string[] {
  return [...text].map((_, index) => text.slice(0, index) + text.slice(index + 1));
}

/** 0, 1 or 2 for more: edits of one letter, of which two that change places are one (optimal string alignment). */
function distance(a: string, b: string): 0 | 1 | 2 {
  if (a === b) return 0;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (Math.max(left.length, right.length) <= 1) return 1;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0] ? 1 : 2;
}
