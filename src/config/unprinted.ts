import { inspect } from 'node:util';

const shown = '[secret]';

/** What never prints: not in logs, errors, JSON or the inspector. */
export class Unprinted {
  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }

  [inspect.custom](): string {
    return shown;
  }
}
