import { versionKey } from './contract/version.ts';
import type { Digest } from './digest.ts';
import type { Sha } from './tree.ts';

/** One released version, as the record keeps it: never removed, and nothing of it changes but the lifecycle it has reached. */
export interface Release {
  /** Branch entry in which it was released. */
  readonly entry: string;
  readonly contractId: string;
  readonly version: string;
  readonly contentHash: Digest;
  /** `previousContractRef` as stated by the release. */
  readonly parent: Digest | null;
  readonly path: string;
  readonly commit: Sha;
  readonly blob: Sha;
  readonly bytesDigest: Digest;
  /** Stood there when Plumbline was adopted: parent and signature are not judged. */
  readonly adopted: boolean;
  /** The decision that allowed it, null when none did. */
  readonly decisionId: string | null;
  /** The furthest that a governed branch of the entry has had it in: draft < active < deprecated < retired. Removing the file or setting it back changes nothing here. */
  readonly lifecycle: string;
}

/** What makes two releases of one entry one: a version may be written in several ways. */
export function nameOfRelease({ contractId, version }: Pick<Release, 'contractId' | 'version'>): string {
  return JSON.stringify([contractId, keyOfRelease({ version })]);
}

/** As `key` of a contract; what is no version, as records of other engines may have it, is its own. */
export function keyOfRelease({ version }: Pick<Release, 'version'>): string {
  return versionKey(version) ?? version;
}

/** What got to a branch past the checks, or is not known to have passed them, was not: its recording proves nothing but that it was there. */
export function wasJudged({ adopted, decisionId }: Release): boolean {
  return adopted || decisionId !== null;
}

/** How far the record reaches. Until it is complete, contract judgements are inconclusive. */
export type RecordState =
  | {
      readonly kind: 'complete';
      readonly upTo: Sha;
      /** What came since is not recorded yet, as GitHub may not say who brought it. */
      readonly waits?: RecordWait;
    }
  | {
      readonly kind: 'filling';
      readonly done: number;
      readonly total: number | null;
      readonly upTo: Sha | null;
      /** Where the record was whole before it is filled with what an earlier version did not record: up to there all else stands and is told. */
      readonly describedUpTo?: Sha;
    };

/** Up to `tip`, at which the branch stood at the first look, all is recorded when the wait is over; `seen` is where it stood at the last one. ISO times. */
export interface RecordWait {
  readonly tip: Sha;
  readonly seen: Sha;
  readonly lookAt: string;
  readonly until: string;
}

/** What a judgement is told. `behind`: whole, but not yet of the commit at which the branch stands by now. */
export type RecordAnswer = RecordState | { readonly kind: 'behind'; readonly upTo: Sha; readonly tip: Sha };
