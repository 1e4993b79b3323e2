import { quote } from './quote.ts';

/** What stands at a place of a bundle is not what is expected there. */
export class Misfit extends Error {
  override readonly name = 'Misfit';

  /** @param place A JSON pointer, or what was read. Found and expected are safe to show. */
  constructor(place: string, found: string, expected: string) {
    super(`Cannot read ${quote(place)}: found ${found}, expected ${expected}`);
  }
}
