import type { Operations } from '../flows/operations.ts';
import { pickAccount } from './audit-account.ts';
import type { AuditOutput } from './audit-output.ts';

export interface AuditResumeOptions {
  readonly operations: Pick<Operations, 'audit' | 'resume'>;
  /** Null: the only one in the store. */
  readonly account: number | null;
  /** Who asks, as `user:<login>`, and why: both stand in the log. */
  readonly actor: string;
  readonly reason: string;
  readonly output: AuditOutput;
}

/** Lets a blocked log go on once it verifies again. Answers the exit code: 0 appending goes on, 1 still tampered with, 3 could not check. */
export async function auditResume(options: AuditResumeOptions): Promise<number> {
  const { operations, actor, reason } = options;
  const account = await pickAccount(operations.audit, options.account);
  const result = await operations.resume({ account, actor, reason });
  switch (result.kind) {
    case 'resumed':
      await options.output.write(`The log of account ${account} goes on at entry ${result.entries}; its newest checkpoint covers ${result.sealed}. A running server goes on by itself.\n`);
      return 0;
    case 'not-blocked':
      await options.output.write(`The log of account ${account} is not blocked. Nothing was changed.\n`);
      return 0;
    case 'refused':
      await options.output.write(`${result.failure.message} Nothing was changed; restore the store from a backup.\n`);
      return result.failure.code === 'AUDIT_TAMPERED' ? 1 : 3;
  }
}
