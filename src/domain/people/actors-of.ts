import { actorOf } from './actor-of.ts';

/** Everybody whose hand is in a change, as an actor of the audit log; a decision says `unknown` where there may be others. */
export function actorsOf(contributors: readonly string[]): string {
  return contributors.length === 0 ? 'unknown' : contributors.map((login) => (login === 'unknown' ? login : actorOf(login))).join(', ');
}
