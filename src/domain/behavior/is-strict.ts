import type { Behavior } from './behavior.ts';

/** `drift.strict` as it is configured. */
export interface ConfiguredStrictness {
  /** As the organisation writes it; null: it does not. */
  readonly organization: boolean | null;
  /** In force, its default included. */
  readonly inForce: boolean;
}

/** Whether no signal is a failure. What the organisation asks for holds; else what the behaviour says, else the configuration. */
export function isStrict({ strict }: Pick<Behavior, 'strict'>, { organization, inForce }: ConfiguredStrictness): boolean {
  return organization === true || (strict ?? inForce);
}
