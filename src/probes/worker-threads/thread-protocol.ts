/** A document with the schema, or the policies, that it is for. */
export interface PreparedDocument {
  readonly kind: 'document';
  /** Names the text that follows, here and in every batch. */
  readonly schema: string;
  readonly schemaText: string;
  readonly text: string;
}

/** Values travel as JSON text: it keeps an own `__proto__` member and costs less than a structured clone. */
export interface ToWorker {
  /** Schemas that this worker has not seen yet. */
  readonly schemas: readonly { readonly key: string; readonly text: string }[];
  readonly documents: readonly { readonly schema: string; readonly text: string }[];
  /** Drop every compiled schema first. */
  readonly forget: boolean;
}

export type FromWorker<Answer> =
  | { readonly kind: 'ready' }
  /** Answers to the documents from this index on. */
  | { readonly kind: 'answers'; readonly from: number; readonly answers: readonly Answer[] }
  | { readonly kind: 'done' };

/**
 * Where a worker shows, through shared memory, what it is at: it can not send a message while it is stuck.
 * In `stop` it is told to end after the document that it is at, because others wait.
 */
export const progress = { steps: 0, document: 1, phase: 2, stop: 3, slots: 4 } as const;

/** Loading is the machine's time, not that of a schema or a document. */
export const phases = { idle: 0, compiling: 1, validating: 2, loading: 3 } as const;

export interface WorkerSetting {
  readonly progress: SharedArrayBuffer;
}
