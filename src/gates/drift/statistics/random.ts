/** Numbers from 0 up to but not with 1. */
export type Random = () => number;

/**
 * The same numbers for the same seed, on every machine: xoshiro128** of D. Blackman and S. Vigna (2018), its state filled by
 * steps of a 32-bit mixer, so that seeds beside each other give sequences that have nothing in common.
 * @param seed A whole number; its lowest 32 bits count.
 */
export function randomFrom(seed: number): Random {
  const mix = mixerFrom(seed);
  let [a, b, c, d] = [mix(), mix(), mix(), mix() | 1];
  return () => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return (result >>> 0) / 4_294_967_296;
  };
}

function rotated(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** A Weyl sequence through the finalizer of MurmurHash3: a bijection, so that no two seeds share a state. */
function mixerFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return mixed ^ (mixed >>> 16);
  };
}
