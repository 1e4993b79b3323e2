import { Failure } from '../../domain/failure.ts';
import { auditResume } from '../audit-resume.ts';
import { withCommandStore } from '../compose/command-store.ts';
import type { Terminal } from '../terminal.ts';
import { auditOutputOf } from './audit-output-of.ts';

const longestReason = 2_000;

export async function resumeAuditLog(terminal: Terminal, wanted: { readonly by: string; readonly reason: string; readonly account: number | null }): Promise<number> {
  const { account, by, reason } = wanted;
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(by)) throw new Failure('USAGE', `Cannot resume by ${JSON.stringify(by.slice(0, 80))}: expected the login of a person.`);
  if (reason === '' || reason.length > longestReason) throw new Failure('USAGE', `Cannot resume: the reason has ${reason.length} characters, expected 1 to ${longestReason}.`);
  return await withCommandStore(terminal, async (operations) => await auditResume({ operations, account, actor: `user:${by}`, reason, output: auditOutputOf(terminal) }));
}
