/** What a worker is sent of compiled policies: JSON, with the module in base64. */
export interface PoliciesText {
  readonly wasm: string;
  readonly data: string;
  readonly rules: readonly string[];
}

/** What a worker is sent of one question: JSON, with the input as text in it, which only the policies read. */
export interface QuestionText {
  readonly input: string;
  readonly inputVersion: number;
  readonly subjects: readonly string[];
}

/** Limits inside a worker. Resource limits of threads do not hold for the memory of a module: this one does. */
export const evaluationLimits = {
  /** Pages of 64 KiB. */
  memoryPages: 2_048,
  resultBytes: 16 * 1024 * 1024,
  resultDepth: 64,
} as const;
