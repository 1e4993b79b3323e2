import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ecosystem } from '../../src/domain/dependency/dependency-file.ts';
import { pythonName } from '../../src/domain/python-name.ts';
import { nearNames } from '../../src/probes/packages/near-names.ts';

export interface MeasuredTyposquats {
  readonly ecosystem: Ecosystem;
  readonly squats: number;
  readonly found: number;
  /** Popular names that are not in the list which is held against them. */
  readonly others: number;
  readonly alarms: number;
}

/** How many popular names are held back: none of them squats another. */
const heldBack = 1_500;

/** Holds known typosquats, and popular names, against the more popular ones. @param folder With `typosquats.csv` and the lists of popular names. */
export function measureTyposquats(folder: string, ecosystem: Ecosystem): MeasuredTyposquats {
  const asCompared = (name: string): string => (ecosystem === 'pypi' ? pythonName(name) : name);
  const list: { readonly packages: readonly string[] } = JSON.parse(readFileSync(join(folder, `top_${ecosystem}_packages.json`), 'utf8'));
  const names = [...new Set(list.packages.map(asCompared))];
  const others = names.slice(-heldBack);
  const near = nearNames(names.slice(0, -heldBack));
  const squats = readFileSync(join(folder, 'typosquats.csv'), 'utf8').trim().split('\n').map((line) => line.split(',')).filter(([, , of]) => of === ecosystem).map(([name = '']) => asCompared(name));
  const told = (some: readonly string[]): number => some.filter((name) => near.nearestTo(name) !== null).length;
  return { ecosystem, squats: squats.length, found: told(squats), others: others.length, alarms: told(others) };
}
