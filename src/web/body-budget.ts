/** How much unfinished request bodies may take together. What crosses it is turned away, not queued. */
export class BodyBudget {
  readonly #mostBodies: number;
  readonly #mostBytes: number;
  #bodies = 0;
  #bytes = 0;

  constructor(most: { readonly bodies: number; readonly bytes: number }) {
    this.#mostBodies = most.bodies;
    this.#mostBytes = most.bytes;
  }

  /** A place for one body, or null when there is none. MUST be closed. */
  open(): BodyPlace | null {
    if (this.#bodies >= this.#mostBodies) return null;
    this.#bodies += 1;
    let taken = 0;
    return {
      take: (bytes) => {
        taken += bytes;
        this.#bytes += bytes;
        return this.#bytes <= this.#mostBytes;
      },
      close: () => {
        this.#bodies -= 1;
        this.#bytes -= taken;
        taken = 0;
      },
    };
  }
}

export interface BodyPlace {
  /** Counts bytes that arrived; false when all bodies together are over the limit. */
  take(bytes: number): boolean;
  close(): void;
}
