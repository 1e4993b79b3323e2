import type { JsonObject } from '../json-value.ts';

/** Risk of an action: 1 is free, 4 is denied to everybody whom the organisation does not name. */
export type Tier = 1 | 2 | 3 | 4;

/** What an action is done to; empty where it is about all of its paths. */
export interface ActionSubject {
  readonly path?: string;
  /** Id of a contract. */
  readonly contract?: string;
  readonly package?: string;
  /** Place in a configuration, as a JSON pointer. */
  readonly setting?: string;
}

/**
 * Codes that tell of an action by themselves, so that it has no other finding. Those of `schema/` are held by the contracts
 * gate; the others are told by governance.
 */
export type OwnFindingCode = 'governance/loosening' | 'governance/workflow_unsafe' | 'governance/secret_committed' | 'schema/incompatible' | 'schema/undecided';

export interface ActionPlace {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** What a change does, with its risk. Text may quote what an attacker wrote: it is escaped in `render/`. */
export interface Action {
  /** Dotted name: `workflow.change`. */
  readonly action: string;
  readonly tier: Tier;
  readonly subject: ActionSubject;
  /** Changed paths that it rests on, sorted: an approval is bound to their content. */
  readonly paths: readonly string[];
  /** What the change does, as one sentence. */
  readonly why: string;
  /** What was found, for policies. An approval is bound to it: nothing in it may change without the change or the base. */
  readonly evidence: JsonObject;
  /** Where at the head a reader looks first; null for what is gone or is no place. A function where finding it costs, since most are never shown. */
  readonly place: ActionPlace | (() => ActionPlace) | null;
  /** Null: told by the code of its tier. */
  readonly finding: OwnFindingCode | null;
  /** What the author may do instead, as one sentence; null where only a person can let it pass. */
  readonly remedy: string | null;
}

/** Names an action among those of its change, for policies and approvals: `workflow.change .github/workflows/ci.yml`. */
export function nameOfAction({ action, subject }: Pick<Action, 'action' | 'subject'>): string {
  return [action, subject.contract, subject.package, subject.path, subject.setting].filter((part) => part !== undefined).join(' ');
}

export function placeOfAction({ place }: Pick<Action, 'place'>): ActionPlace | null {
  return typeof place === 'function' ? place() : place;
}
