const small = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

/** Digits of a number that is written as an English word. */
export const numberWords: ReadonlyMap<string, string> = new Map([...small.map((word, index) => [word, String(index)] as const), ...ordinals.map((word, index) => [word, String(index + 1)] as const), ['once', '1'], ['twice', '2']]);
