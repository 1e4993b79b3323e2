import type { Person } from '../effect.ts';
import type { PersonKind } from './contributor.ts';

/** Somebody as GitHub tells them. */
export interface KnownPerson extends Person {
  readonly kind: PersonKind;
}
