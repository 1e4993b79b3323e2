/**
 * What following imports may cost, in characters that are looked at: how many imports there are, how long they are and how deep their files lie is up to
 * whoever writes them, and all of it is done beside everything else. What is about to be done is counted first.
 */
export class Effort {
  readonly #most: number;
  #spent = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get isOver(): boolean {
    return this.#spent > this.#most;
  }

  spend(characters: number): void {
    this.#spent += characters;
  }
}
