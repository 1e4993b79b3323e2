import type { Finding } from '../domain/finding.ts';
import { clip } from './clip.ts';

/** `waived for 12 more days, by team:a: the reason`, as of the judgement and not yet escaped; null for what is not waived. */
export function waiverWords({ waived, waiver }: Finding): string | null {
  if (!waived) return null;
  if (waiver === undefined) return 'waived';
  const left = waiver.daysLeft === 1 ? 'one more day' : `${waiver.daysLeft} more days`;
  return `waived for ${left}, by ${clip(waiver.owner, 200)}: ${clip(waiver.reason, 300)}`;
}
