import type { Sha } from './tree.ts';

export type CheckConclusion = 'success' | 'failure' | 'action_required' | 'cancelled' | 'neutral';

export interface Annotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  /** Only with startLine = endLine, as GitHub demands. */
  readonly startColumn: number | null;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly title: string;
  readonly message: string;
}

/** The state that a check run shall have. Text is rendered and within GitHub's limits. */
export interface CheckState {
  readonly status: 'in_progress' | 'completed';
  /** Null while in progress. */
  readonly conclusion: CheckConclusion | null;
  readonly title: string;
  readonly summary: string;
  readonly text: string | null;
  readonly annotations: readonly Annotation[];
}

/**
 * A requested outward write, as a wanted state: performing it twice is performing it once.
 * `key` is its idempotency key and, for a check run, its external id.
 */
export type Effect =
  | { readonly kind: 'check'; readonly key: string; readonly name: string; readonly head: Sha; readonly state: CheckState }
  /** One comment per pull request and topic, edited in place. */
  | { readonly kind: 'comment'; readonly key: string; readonly pullRequest: number; readonly topic: string; readonly body: string };

/** Marker by which our one comment for a topic is found again. */
export function commentMarker(topic: string): string {
  return `<!-- plumbline:${topic} -->`;
}
