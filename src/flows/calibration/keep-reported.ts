import type { Decision } from '../../domain/decision.ts';
import { isSameLogin } from '../../domain/people/contributor.ts';
import type { ReportedPull } from '../ports/confidence-store.ts';
import type { StoreTransaction } from '../ports/store.ts';

/** A pull request that was judged. */
interface JudgedPull extends ReportedPull {
  /** The login that opened it from a fork; null: it is of the repository itself. */
  readonly forkBy: string | null;
}

/**
 * Keeps what agents report of a pull request with what was verified of it, so that what becomes of it can tell how far they are to be trusted. Commits name
 * whom they like: whoever may not push makes a name for nobody but themselves.
 */
export async function keepReported(transaction: Pick<StoreTransaction, 'saveConfidence'>, { forkBy, ...pull }: JudgedPull, { verdicts, head }: Pick<Decision, 'verdicts' | 'head'>, now: Date): Promise<void> {
  const verification = verdicts.find((one) => one.verification !== undefined)?.verification;
  if (verification === undefined) return;
  const { evidence_digest: evidence, confidence, claims } = verification;
  // What rests on a check run alone costs an agent nothing to make.
  const hasVerifiedCritical = claims.some(({ critical, verdict, support }) => critical && support !== null && (verdict === 'verified' || verdict === 'moved'));
  const reported = { repositoryId: pull.repository.id, pullRequest: pull.number, selfReport: confidence.self_reported, hasVerifiedCritical, head, reportedAt: now.toISOString() };
  const agents = (confidence.agents ?? []).filter((agent) => forkBy === null || isSameLogin(agent, forkBy));
  await transaction.saveConfidence(pull, evidence === null ? [] : agents.map((agent) => ({ ...reported, agent })));
}
