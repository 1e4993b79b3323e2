import type { RetentionKind, RetentionPeriods } from '../flows/retention/retention-periods.ts';
import { bad, good, quoted, textOf } from './settings.ts';
import type { Environment, Setting } from './settings.ts';

export const keptForEver: RetentionPeriods = { inputs: null, decisions: null, grants: null, commands: null, operation: null, drift: null };

/** Days. What was judged is asked for again soon or never; what was said and decided is asked about for longer. */
const least: Readonly<Record<RetentionKind, number>> = { inputs: 30, decisions: 90, grants: 90, commands: 90, operation: 90, drift: 90 };
const most = 36_500;

/** How long what entries open to is kept: of each class so many days (`730d`), or `forever`, which is the default. What was judged is kept as long as its decisions when nothing else is said. */
export function retentionSetting(environment: Environment): Setting<RetentionPeriods> | { readonly kind: 'all-bad'; readonly why: readonly string[] } {
  const wrong: string[] = [];
  const periodOf = (kind: RetentionKind, text: string | null, otherwise: number | null = null): number | null => {
    const read = text === null ? good(otherwise) : daysSetting(kind, text);
    if (read.kind === 'good') return read.value;
    wrong.push(read.why);
    return otherwise;
  };
  const decisions = periodOf('decisions', textOf(environment, 'RETENTION_DECISIONS'));
  const periods: RetentionPeriods = {
    decisions,
    inputs: periodOf('inputs', textOf(environment, 'RETENTION_INPUTS'), decisions),
    grants: periodOf('grants', textOf(environment, 'RETENTION_GRANTS')),
    commands: periodOf('commands', textOf(environment, 'RETENTION_COMMANDS')),
    operation: periodOf('operation', textOf(environment, 'RETENTION_OPERATION')),
    drift: periodOf('drift', textOf(environment, 'RETENTION_DRIFT')),
  };
  if (wrong.length === 0 && isLonger(periods.inputs, decisions)) wrong.push('RETENTION_INPUTS is longer than RETENTION_DECISIONS, expected at most as long: what was judged tells what its decision does');
  return wrong.length > 0 ? { kind: 'all-bad', why: wrong } : good(periods);
}

function isLonger(one: number | null, other: number | null): boolean {
  return other !== null && (one === null || one > other);
}

function daysSetting(kind: RetentionKind, text: string): Setting<number | null> {
  if (text === 'forever') return good(null);
  const days = /^\d{1,6}d$/.test(text) ? Number(text.slice(0, -1)) : Number.NaN;
  return days >= least[kind] && days <= most ? good(days) : bad(`RETENTION_${kind.toUpperCase()} is ${quoted(text)}, expected forever, or days from ${least[kind]}d to ${most}d`);
}
