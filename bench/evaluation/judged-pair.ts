/** How a command ended: by itself with an answer, over its time, or with neither. */
export type Ended = 'answered' | 'hang' | 'crash';

export interface Timed {
  readonly ended: Ended;
  readonly seconds: number;
  /** Without git's; of use where other programs take the cores. */
  readonly cpuSeconds: number;
  readonly memoryMb: number;
}

/** One version and its successor as the gate judged them. */
export interface JudgedPair extends Timed {
  readonly corpus: string;
  readonly from: string;
  readonly to: string;
  /** `inconclusive` is a denial because the gate could not know; null without an answer. */
  readonly decision: 'allow' | 'hold' | 'deny' | 'inconclusive' | null;
  readonly findings: readonly FoundFinding[];
}

export interface FoundFinding {
  readonly code: string;
  readonly severity: string;
  readonly path: string | null;
  readonly line: number | null;
  readonly message: string;
}

/** Two versions of a schema as `plumbline schema compare` answered. */
export interface ComparedPair extends Timed {
  readonly corpus: string;
  readonly path: string;
  readonly from: string;
  readonly to: string;
  /** `lenient`: backward with that preset; `transitive`: backward, of a version that is not the one before. */
  readonly mode: 'backward' | 'lenient' | 'full' | 'transitive';
  readonly answer: 'compatible' | 'breaking' | 'undecided' | null;
  readonly differences: readonly FoundDifference[];
  /** What stood in the way of an answer. */
  readonly doubts: readonly FoundDoubt[];
  readonly witness: { readonly value: unknown } | null;
}

export interface FoundDifference {
  readonly kind: string;
  readonly pointer: string;
  readonly message: string;
}

export interface FoundDoubt {
  readonly keyword: string | null;
  readonly pointer: string;
  readonly why: string;
}
