import { finding, quoted } from '../../../domain/finding.ts';
import type { Finding, FindingInput } from '../../../domain/finding.ts';
import { limits } from '../../../domain/limits.ts';
import type { Waiver } from '../../../domain/waiver/waiver.ts';

/** A waiver where it stands. */
export interface PlacedWaiver {
  readonly waiver: Waiver;
  readonly pointer: string;
  readonly file: string;
  /** Whether the change touches its file: what stood before decides nothing. */
  readonly isTouched: boolean;
  readonly line: number;
  readonly column: number;
}

export function notWaivable(one: PlacedWaiver, why: string): Finding {
  const { code } = one.waiver;
  return report(one, {
    code: 'waiver/not_waivable',
    ...lowered(one),
    message: `Cannot waive \`${code}\`: ${why}, expected a code that this repository can waive.`,
    expected: 'a code that this repository can waive',
    found: code,
    next: 'Remove the entry, and mend what the finding says.',
  });
}

export function longWaiver(one: PlacedWaiver): Finding {
  const { until } = one.waiver;
  return report(one, {
    code: 'waiver/too_long',
    ...lowered(one),
    message: `Cannot waive until ${until}: that is more than ${limits.waiverDays} days ahead${one.isTouched ? '' : ', so it counts nothing'}.`,
    expected: `at most ${limits.waiverDays} days from now`,
    found: until,
    next: 'Set `until` to an earlier day; it can be extended when that comes near.',
  });
}

export function expiredWaiver(one: PlacedWaiver): Finding {
  const { until, owner } = one.waiver;
  return report(one, { code: 'waiver/expired', message: `This waiver of ${subjectOf(one)} ended at ${until}: it silences nothing any more.`, found: until, next: `Remove the entry; if it is still needed, ${owner} may ask for it anew.` });
}

export function orphanedWaiver(one: PlacedWaiver, why: string): Finding {
  return report(one, { code: 'waiver/orphaned', message: `This waiver of ${subjectOf(one)} has nothing to silence: ${why}.`, found: why, next: 'Remove the entry, unless another change needs it.' });
}

function report({ file, line, column, waiver }: PlacedWaiver, words: Omit<FindingInput, 'path' | 'line' | 'column' | 'subject'>): Finding {
  return finding({ ...words, path: file, line, column, subject: [waiver.code, waiver.fingerprint, waiver.path ?? '', waiver.contract ?? ''].join(' ') });
}

function lowered({ isTouched }: PlacedWaiver): { readonly severity?: 'notice' } {
  return isTouched ? {} : { severity: 'notice' };
}

function subjectOf({ waiver }: PlacedWaiver): string {
  return `\`${waiver.code}\` at ${quoted(waiver.path ?? waiver.contract ?? '')}`;
}
