import * as fc from 'fast-check';

const surrogates = { first: 0xd800, count: 0x800 } as const;

/** Any character of Unicode. As a `unit` it is what the library's `binary` is, which lists all of them at its first use: 1.5 s of CPU in each process. */
export const anyCharacter: fc.Arbitrary<string> = fc.nat(0x10_ffff - surrogates.count).map((index) => String.fromCodePoint(index < surrogates.first ? index : index + surrogates.count));
