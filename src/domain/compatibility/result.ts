import type { JsonValue } from '../json-value.ts';

/** Why it can not be told whether a value exists. */
export interface Unclear {
  readonly kind: 'unclear';
  /** Null where a limit was met. */
  readonly keyword: string | null;
  readonly why: string;
}

export interface Found {
  readonly kind: 'found';
  readonly value: JsonValue;
  /** It breaks only what no validator looks at. */
  readonly isSilent: boolean;
  /** Not null where the value is a guess that a validator may confirm. */
  readonly doubt: Unclear | null;
}

/** Whether a value satisfies a set of demands: one that does, the proof that none does, or neither. */
export type Result = Found | { readonly kind: 'impossible' } | Unclear;

export const impossible: Result = { kind: 'impossible' };

export function found(value: JsonValue, isSilent = false, doubt: Unclear | null = null): Found {
  return { kind: 'found', value, isSilent, doubt };
}

export function unclear(why: string, keyword: string | null = null): Unclear {
  return { kind: 'unclear', why, keyword };
}

/** The best of several ways: certain before silent before guessed before unclear; impossible only when all are. */
export function firstFound(ways: Iterable<Result>): Result {
  let best: Result = impossible;
  for (const way of ways) {
    if (rankOf(way) > rankOf(best)) best = way;
    if (rankOf(best) === 4) return best;
  }
  return best;
}

function rankOf(result: Result): number {
  if (result.kind === 'impossible') return 0;
  if (result.kind === 'unclear') return 1;
  if (result.doubt !== null) return 2;
  return result.isSilent ? 3 : 4;
}
