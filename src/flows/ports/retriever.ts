import type { FoundPassage } from '../../domain/retrieval/search-texts.ts';
import type { Sha } from '../../domain/tree.ts';

/** A plain file of a commit. */
export interface RetrievableFile {
  readonly path: string;
  readonly blob: Sha;
}

export interface RetrievalRequest {
  /** Whose files these are: what is kept of one tenant MUST be of no use to another. */
  readonly tenant: string;
  readonly query: string;
  /** At most so many passages. */
  readonly k: number;
  readonly files: readonly RetrievableFile[];
  /** Texts of blobs; what is no text is left out. A blob never changes: whatever is made of one may be kept under its name. */
  readonly texts: (blobs: readonly Sha[]) => Promise<ReadonlyMap<Sha, string>>;
}

/** Finds passages for a query. What it finds is proposed to people and agents, and verifies nothing: an embedding service can stand in this place. */
export interface Retriever {
  /** The best first. MUST name files that were given alone, and lines that they have. */
  retrieve(request: RetrievalRequest): Promise<readonly FoundPassage[]>;
}
