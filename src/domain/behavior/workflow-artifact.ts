import type { Digest } from '../digest.ts';
import type { Sha } from '../tree.ts';

export interface WantedArtifact {
  /** Path of the workflow's file in the repository. */
  readonly workflow: string;
  /** The commit on which it ran. */
  readonly head: Sha;
  /** Name of the artifact. */
  readonly name: string;
}

/** What a run of a workflow left behind. */
export type ArtifactAnswer =
  /** `size`: bytes of the archive, as GitHub states. `digest`: of the archive; null: GitHub does not say. */
  | { readonly kind: 'artifact'; readonly id: number; readonly size: number; readonly digest: Digest | null }
  /** The workflow has no successful run on the commit itself. `other`: what started the newest one of which nobody tells what it ran on; null: there is none. */
  | { readonly kind: 'no-run'; readonly other: string | null }
  /** The newest of them left none of the name, more than one, or one that is gone by now. */
  | { readonly kind: 'no-artifact'; readonly why: string };
