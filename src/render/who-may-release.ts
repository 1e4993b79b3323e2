import type { JudgedAction } from '../domain/action/judged-action.ts';
import { voteLine } from '../domain/command/vote-line.ts';

export interface WhoMayRelease {
  readonly words: string;
  /** The line to type; null where nobody's yes is asked. */
  readonly command: string | null;
}

/** Who may let an action pass, how many did, and how. */
export function whoMayRelease({ action, tier, outcome, release }: JudgedAction, head: string): WhoMayRelease {
  if (tier === 1) return { words: 'nobody needs to', command: null };
  if (release === null) return { words: withoutRelease[outcome], command: null };
  const people = `${release.approvedBy.length} of ${release.count} needed, ${release.names.map(nameInWords).join(' or ')}${release.approvedBy.length === 0 ? '' : ` (${release.approvedBy.join(', ')})`}`;
  return { words: people, command: outcome === 'pass' ? null : voteLine('approve', release.scope ?? action, head) };
}

const withoutRelease: Readonly<Record<JudgedAction['outcome'], string>> = { pass: 'nobody needs to here', fail: 'nobody', hold: 'whoever the finding names', inconclusive: 'not known yet', unasked: 'not asked here' };

function nameInWords(name: string): string {
  if (name === 'admins') return 'admins of the repository';
  return name === 'owners' ? 'owners' : name;
}
