import type { Planning, Refusal } from './plan.ts';
import type { FactRequest } from './playbook-facts.ts';

/** Ends planning from within a step. Never leaves `planOf`. */
export class Unplannable extends Error {
  override readonly name = 'Unplannable';
  readonly planning: Exclude<Planning, { readonly kind: 'plan' }>;

  constructor(planning: Exclude<Planning, { readonly kind: 'plan' }>) {
    super(planning.kind === 'refused' ? planning.refusal.found : 'facts are missing');
    this.planning = planning;
  }
}

export function refusing(refusal: Refusal): Unplannable {
  return new Unplannable({ kind: 'refused', refusal });
}

export function unread(...wanted: readonly FactRequest[]): Unplannable {
  return new Unplannable({ kind: 'unread', wanted });
}
