import type { Finding } from './finding.ts';

const step = 'Let the Plumbline App judge this change';

/** The next step where git alone does not tell what a judgement rests on, and running the command again tells no more. */
export function leaveToApp(why: string): string {
  return `${step}: ${why}.`;
}

export function isLeftToApp({ next }: Pick<Finding, 'next'>): boolean {
  return next.startsWith(`${step}: `);
}
