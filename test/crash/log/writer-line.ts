import type { LogSnapshot } from './log-snapshot.ts';

/** What a writer says, one JSON object a line, each when it has been told so by the store and never before. */
export type WriterLine =
  | { readonly kind: 'snapshot'; readonly snapshot: LogSnapshot }
  | { readonly kind: 'ready' }
  /** An effect and its entries stand. */
  | { readonly kind: 'appended'; readonly account: number; readonly key: string; readonly entries: readonly { readonly sequence: number; readonly hash: string; readonly time: string }[] }
  /** It was found to stand after a commit whose answer was lost. */
  | { readonly kind: 'adopted'; readonly account: number; readonly key: string }
  /** Its transaction threw: nothing of it may ever be seen. */
  | { readonly kind: 'rolled-back'; readonly account: number; readonly key: string }
  | { readonly kind: 'sealed'; readonly account: number; readonly size: number; readonly note: string }
  | { readonly kind: 'failed'; readonly account: number; readonly code: string; readonly message: string }
  /** Within a transaction that appended and is not committed. */
  | { readonly kind: 'holding'; readonly account: number; readonly key: string };
