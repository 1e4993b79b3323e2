/** One measured value of one thing. */
export interface Figure {
  /** Stable: baselines are kept under it. */
  readonly id: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly better: 'lower' | 'higher';
  /**
   * What the machine's speed does to it: `speed` figures are divided by how fast the machine is now before they are
   * compared, `none` are counts and sizes.
   */
  readonly scales: 'speed' | 'none';
  /** Null: there is none, it is watched by its ratio alone. */
  readonly target: Target | null;
}

export interface Target {
  readonly kind: 'at-most' | 'at-least';
  readonly value: number;
}

export interface MeasureOptions {
  /** Smaller and fewer rounds: shows that everything runs, not how fast. */
  readonly quick: boolean;
  /** Tells what is being done. */
  readonly say: (text: string) => void;
}

export interface Measure {
  readonly name: string;
  run(options: MeasureOptions): Promise<readonly Figure[]>;
}

export function isReached({ value, target }: Figure): boolean | null {
  if (target === null) return null;
  return target.kind === 'at-most' ? value <= target.value : value >= target.value;
}

export const atMost = (value: number): Target => ({ kind: 'at-most', value });
export const atLeast = (value: number): Target => ({ kind: 'at-least', value });
