import type { CaseClosed, ConfidenceCase } from '../../domain/calibration/confidence-case.ts';
import type { RepositoryRef } from '../../domain/repository.ts';

/** What an agent reported, before anything became of it. */
export type ReportedCase = Omit<ConfidenceCase, 'closed' | 'revertedAt'>;

/** A pull request in which agents reported their confidence. */
export interface ReportedPull {
  readonly repository: RepositoryRef;
  readonly number: number;
}

/** What a store keeps of the confidence that agents report, and of what became of it, within its transactions. Logins are one in whatever case. */
export interface ConfidenceStore {
  /** What agents report of a pull request, in place of what was kept of it. What was merged stays as it was judged last before. */
  saveConfidence(pull: ReportedPull, cases: readonly ReportedCase[]): Promise<void>;
  /** Of a pull request, by agent. */
  confidenceOf(repositoryId: number, pullRequest: number): Promise<readonly ConfidenceCase[]>;
  closeConfidence(repositoryId: number, pullRequest: number, closed: CaseClosed): Promise<void>;
  /** The first revert stands. */
  revertConfidence(repositoryId: number, pullRequest: number, at: string): Promise<void>;
  /** Closed ones of a repository, of one agent or of all (null), the newest first. */
  confidenceHistory(repositoryId: number, agent: string | null, limit: number): Promise<readonly ConfidenceCase[]>;
  /** Logins of the agents of which a repository has closed cases, each once, in order. */
  agentsOfRepository(accountId: number, repositoryId: number): Promise<readonly string[]>;
}
