import { finding, quoted } from '../../../domain/finding.ts';
import type { Finding, FindingInput } from '../../../domain/finding.ts';
import { limits } from '../../../domain/limits.ts';
import type { Waiver } from '../../../domain/waiver/waiver.ts';

/** A waiver with what is told of it. */
export interface PlacedWaiver {
  readonly waiver: Waiver;
  /** Where it is told: where the waiver stands, or where what it is about was found. */
  readonly place: { readonly path?: string; readonly line?: number; readonly column?: number };
  /** Whether it silences for all repositories of an organisation what any of them may not. */
  readonly isOfOrganization: boolean;
  /** In what other repository it stands; null: in this one. */
  readonly elsewhere: string | null;
  /** Whether the change touches its file: what stood before decides nothing. */
  readonly isTouched: boolean;
}

export function notWaivable(one: PlacedWaiver, why: string): Finding {
  const { code } = one.waiver;
  const expected = one.isOfOrganization ? 'a code that can be waived' : 'a code that this repository can waive';
  return report(one, {
    code: 'waiver/not_waivable',
    ...lowered(one),
    message: `${sentence(one, `Cannot waive \`${code}\``)}: ${why}, expected ${expected}.`,
    expected,
    found: code,
    next: one.elsewhere === null ? 'Remove the entry, and mend what the finding says.' : `Mend what the finding says; whoever maintains ${one.elsewhere} removes the entry.`,
  });
}

export function longWaiver(one: PlacedWaiver): Finding {
  const { until } = one.waiver;
  return report(one, {
    code: 'waiver/too_long',
    ...lowered(one),
    message: `${sentence(one, `Cannot waive until ${until}`)}: that is more than ${limits.waiverDays} days ahead${one.isTouched ? '' : ', so it counts nothing'}.`,
    expected: `at most ${limits.waiverDays} days from now`,
    found: until,
    next: one.elsewhere === null ? 'Set `until` to an earlier day; it can be extended when that comes near.' : `Whoever maintains ${one.elsewhere} sets \`until\` to an earlier day.`,
  });
}

export function expiredWaiver(one: PlacedWaiver): Finding {
  const { until, owner } = one.waiver;
  const next = one.elsewhere === null ? `Remove the entry; if it is still needed, ${owner} may ask for it anew.` : `Mend what the finding says; if the waiver is still needed, ${owner} may ask for it anew in ${one.elsewhere}.`;
  return report(one, { code: 'waiver/expired', message: `${sentence(one, `This waiver of ${subjectOf(one)}`)} ended at ${until}: it silences nothing any more.`, found: until, next });
}

export function orphanedWaiver(one: PlacedWaiver, why: string): Finding {
  return report(one, { code: 'waiver/orphaned', message: `This waiver of ${subjectOf(one)} has nothing to silence: ${why}.`, found: why, next: 'Remove the entry, unless another change needs it.' });
}

function report({ place, waiver }: PlacedWaiver, words: Omit<FindingInput, 'path' | 'line' | 'column' | 'subject'>): Finding {
  return finding({ ...words, ...place, subject: [waiver.code, waiver.fingerprint, waiver.path ?? '', waiver.contract ?? ''].join(' ') });
}

function lowered({ isTouched }: PlacedWaiver): { readonly severity?: 'notice' } {
  return isTouched ? {} : { severity: 'notice' };
}

function sentence({ elsewhere }: PlacedWaiver, start: string): string {
  return elsewhere === null ? start : `${start}, which stands in ${elsewhere},`;
}

function subjectOf({ waiver }: PlacedWaiver): string {
  return `\`${waiver.code}\` at ${quoted(waiver.path ?? waiver.contract ?? '')}`;
}
