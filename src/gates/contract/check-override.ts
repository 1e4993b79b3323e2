import { fieldPointer } from '../../domain/contract/contract-field.ts';
import type { Contract } from '../../domain/contract/contract.ts';
import { daysUntil, instantOf, isBefore } from '../../domain/instant.ts';
import { quoted } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import type { ContractWorld } from './contract-world.ts';
import type { JudgedContract } from './judged-contract.ts';
import { overrideOf } from './only-restricts.ts';
import { reportAt } from './report.ts';
import { sameVersionAtBase } from './same-version.ts';

const mostDays = 7;

/** A change that lifts a quota says until when, and not for long. An end that stood in the base was judged when it was set. */
export function checkOverride(file: JudgedContract, world: ContractWorld): readonly Finding[] {
  if (file.inResult.kind !== 'contract') return [];
  const { contract } = file.inResult;
  const until = overrideOf(contract);
  if (contract.emergencyFlags.budgetOverride === false || until === overrideAtBase(file, contract, world)) return [];
  const instant = instantOf(until);
  if (instant === null) return [wrongEnd(file, until, 'is no day of the calendar, nor a time with its zone')];
  const [end, { now }] = [new Date(instant).toISOString(), world.snapshot];
  if (!isBefore(now, end)) return [wrongEnd(file, until, 'has passed')];
  return daysUntil(end, now) <= mostDays ? [] : [wrongEnd(file, until, `is more than ${mostDays} days ahead`)];
}

/** What the version had, or, where it is new, the one in whose place it stands. */
function overrideAtBase({ atBase }: JudgedContract, contract: Contract, world: ContractWorld): string | null {
  const before = sameVersionAtBase(contract, world) ?? (atBase.kind === 'contract' && atBase.contract.contractId === contract.contractId ? atBase.contract : null);
  return before === null || before.emergencyFlags.budgetOverride === false ? null : overrideOf(before);
}

function wrongEnd(file: JudgedContract, until: string, what: string): Finding {
  const pointer = `${fieldPointer(file.set.fields, 'emergencyFlags')}/budgetOverride/until`;
  return reportAt(file, pointer, {
    code: 'contract/schema_invalid',
    subject: `budgetOverride\n${until}`,
    message: `The end of \`budgetOverride\`, ${quoted(until)}, ${what}.`,
    expected: `a day (yyyy-mm-dd) that begins, or an instant that comes, within the next ${mostDays} days`,
    found: quoted(until),
    next: `Set \`until\` to a time at most ${mostDays} days ahead.`,
  });
}
