import { Failure } from '../../domain/failure.ts';

const longestReason = 2_000;

/** Who decides something about a log, and why, stand in it. @param verb What cannot be done else. @throws Failure USAGE. */
export function refuseNobody(verb: string, { by, reason }: { readonly by: string; readonly reason: string }): void {
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(by)) throw new Failure('USAGE', `Cannot ${verb} by ${JSON.stringify(by.slice(0, 80))}: expected the login of a person.`);
  if (reason === '' || reason.length > longestReason) throw new Failure('USAGE', `Cannot ${verb}: the reason has ${reason.length} characters, expected 1 to ${longestReason}.`);
}
