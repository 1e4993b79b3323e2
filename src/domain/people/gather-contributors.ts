import { foldedLogin } from './contributor.ts';
import type { Contributor } from './contributor.ts';

/** One sign of somebody's hand. */
export type Hand = Omit<Contributor, 'via' | 'formerly'> & { readonly via: Contributor['via'][number] };

/**
 * Everybody, once: by id where it is known, else by login, and whoever is known by login alone as the one of that login.
 * The first login that is told of somebody stands, so what was read now comes before what was kept.
 */
export function gatherContributors(hands: readonly Hand[]): readonly Contributor[] {
  const numbered = Map.groupBy(hands.filter(({ id }) => id !== null), ({ id }) => String(id));
  const named = new Map([...numbered].flatMap(([id, all]) => all.map(({ login }) => [foldedLogin(login), id] as const)));
  const gathered = Map.groupBy(hands, ({ id, login }) => (id === null ? (named.get(foldedLogin(login)) ?? `login ${foldedLogin(login)}`) : String(id)));
  return [...gathered.values()].flatMap(asOne).toSorted(byLogin);
}

function byLogin(a: Contributor, b: Contributor): number {
  const [one, other] = [foldedLogin(a.login), foldedLogin(b.login)];
  return one === other ? (a.id ?? 0) - (b.id ?? 0) : one < other ? -1 : 1;
}

function asOne(hands: readonly Hand[]): readonly Contributor[] {
  const [first] = hands;
  if (first === undefined) return [];
  const id = hands.find((hand) => hand.id !== null)?.id ?? null;
  return [{ login: first.login, ...formerly(hands, first.login), id, kind: kindOf(hands), via: [...new Set(hands.map(({ via }) => via))].toSorted() }];
}

function formerly(hands: readonly Hand[], login: string): Pick<Contributor, 'formerly'> {
  const others = new Map(hands.map((hand) => [foldedLogin(hand.login), hand.login]));
  others.delete(foldedLogin(login));
  return others.size === 0 ? {} : { formerly: [...others.values()].toSorted() };
}

/** Whoever is told to be more than a human somewhere is never taken for one. */
function kindOf(hands: readonly Hand[]): Contributor['kind'] {
  return hands.find(({ kind }) => kind !== 'human')?.kind ?? 'human';
}
