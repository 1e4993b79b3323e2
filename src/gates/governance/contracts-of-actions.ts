import { member } from '../../domain/configuration/member.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import type { PolicyContract } from '../../domain/policy/policy-input.ts';
import type { DerivedActions } from './derive-actions.ts';

export interface ConcernedContracts {
  /** Each version once, with the flags in force. */
  readonly contracts: readonly PolicyContract[];
  /** Ids of those of which some version asks for people. */
  readonly asking: ReadonlySet<string>;
}

/** Contracts that actions are about. Each action asks for them. */
export function contractsOfActions(derived: DerivedActions): ConcernedContracts {
  const known = remembered.get(derived);
  if (known !== undefined) return known;
  const contracts = contractsOf(derived);
  const anew = { contracts, asking: new Set(contracts.filter(({ flags }) => flags.humanApprovalRequired).map(({ id }) => id)) };
  remembered.set(derived, anew);
  return anew;
}

const remembered = new WeakMap<DerivedActions, ConcernedContracts>();

function contractsOf({ actions }: DerivedActions): readonly PolicyContract[] {
  const found = new Map<string, PolicyContract>();
  for (const { subject: { contract, path }, evidence } of actions) {
    const [version, lifecycle] = [member.text(evidence, 'version'), member.text(evidence, 'lifecycle')];
    if (contract === undefined || path === undefined || version === null || lifecycle === null) continue;
    found.set(JSON.stringify([contract, version, path]), { id: contract, version, path, lifecycle, flags: flagsOf(member.object(evidence, 'flags')) });
  }
  return [...found.values()];
}

function flagsOf(flags: JsonObject): PolicyContract['flags'] {
  const until = member.text(member.object(flags, 'budgetOverride'), 'until');
  return { halted: flags['halted'] === true, humanApprovalRequired: flags['humanApprovalRequired'] === true, budgetOverride: until === null ? false : { until } };
}
