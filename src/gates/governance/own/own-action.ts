import type { Action } from '../../../domain/action/action.ts';
import type { JsonObject } from '../../../domain/json-value.ts';

/** What is said of a change of what Plumbline decides by. */
const ownActions = ['config.change', 'evidence.config_change', 'policy.change', 'key.change', 'behavior.change', 'baseline.change', 'template.change', 'playbook.change', 'waiver.grant', 'waiver.extend'] as const;

export interface OwnAction {
  readonly action: (typeof ownActions)[number];
  readonly path: string;
  /** JSON pointer. */
  readonly setting?: string;
  readonly why: string;
  readonly evidence?: JsonObject;
  readonly place?: Action['place'];
  readonly remedy?: string;
}

/** Whether an action is about what Plumbline decides by, and about nothing else that the file may be. */
export function isOwnAction({ action }: Pick<Action, 'action'>): boolean {
  return ownActions.some((own) => own === action);
}

/** A change to one of Plumbline's own files: tier 3, told by the code of its tier. */
export function ownAction({ action, path, setting, why, evidence = {}, place = { path, line: 1, column: 1 }, remedy }: OwnAction): Action {
  const subject = setting === undefined ? { path } : { path, setting };
  return { action, tier: 3, subject, paths: [path], why, evidence, place, finding: null, remedy: remedy ?? null };
}

/** One that loosens what is judged by: tier 4, with a code of its own. */
export function looseningAction(loosening: OwnAction): Action {
  return { ...ownAction(loosening), tier: 4, finding: 'governance/loosening' };
}
