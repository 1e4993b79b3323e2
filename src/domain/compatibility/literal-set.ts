/** Names of literals. A branch of the search adds to those of the goal that it came from, without a copy of them. */
export class LiteralSet {
  /** From the innermost goal outwards. */
  readonly #sets: readonly Set<number>[];
  readonly #own = new Set<number>();

  constructor(above: LiteralSet | null) {
    this.#sets = [this.#own, ...(above === null ? [] : above.#sets.filter(({ size }) => size > 0))];
  }

  has(name: number): boolean {
    return this.#sets.some((set) => set.has(name));
  }

  /** How many came with this goal. */
  get latest(): number {
    return this.#own.size;
  }

  /** Whether it came with this goal, not with those that it came from. */
  isLatest(name: number): boolean {
    return this.#own.has(name);
  }

  add(name: number): void {
    this.#own.add(name);
  }
}
