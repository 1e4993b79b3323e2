import { auditResume } from '../audit-resume.ts';
import { withCommandStore } from '../compose/command-store.ts';
import type { Terminal } from '../terminal.ts';
import { auditOutputOf } from './audit-output-of.ts';
import { refuseNobody } from './refuse-nobody.ts';

export async function resumeAuditLog(terminal: Terminal, wanted: { readonly by: string; readonly reason: string; readonly account: number | null }): Promise<number> {
  const { account, by, reason } = wanted;
  refuseNobody('resume', { by, reason });
  return await withCommandStore(terminal, async (operations) => await auditResume({ operations, account, actor: `user:${by}`, reason, output: auditOutputOf(terminal) }));
}
