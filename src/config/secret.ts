import { Unprinted } from './unprinted.ts';

/** A value that never prints: not in logs, errors, JSON or the inspector. Only `reveal` gives it out. */
export class Secret extends Unprinted {
  readonly #value: string;

  constructor(value: string) {
    super();
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }
}
