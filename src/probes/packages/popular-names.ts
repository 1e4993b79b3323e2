import type { Ecosystem } from '../../domain/dependency/dependency-file.ts';
import { nearNames } from './near-names.ts';
import type { NearNames } from './near-names.ts';

const known = new Map<Ecosystem, NearNames>();

/** Names that very many use, from the list that ships with Plumbline: dated, from another project. Loaded with the first name that is asked for. */
export async function popularNames(ecosystem: Ecosystem): Promise<NearNames> {
  const { default: list } = await import('./popular-names.json', { with: { type: 'json' } });
  const names = known.get(ecosystem) ?? nearNames(list[ecosystem].split(' '));
  known.set(ecosystem, names);
  return names;
}
