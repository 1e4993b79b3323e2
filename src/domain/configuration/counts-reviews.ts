import type { Configuration } from './configuration.ts';
import { member } from './member.ts';

/** Whether approving reviews are votes: only where the configuration says so. */
export function countsReviews(configuration: Configuration | null): boolean {
  if (configuration === null) return false;
  return member.object(member.object(configuration.document, 'governance'), 'approvals')['reviews'] === true;
}
