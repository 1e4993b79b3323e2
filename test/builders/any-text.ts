import * as fc from 'fast-check';

/**
 * Texts of any code points, halves of surrogate pairs among them. fast-check's own "binary" texts first fill a table of all
 * code points, which takes a second and 130 MB.
 */
export function anyText(constraints: fc.StringSharedConstraints = {}): fc.Arbitrary<string> {
  return fc.string({ ...constraints, unit: anyCodePoint });
}

const anyCodePoint = fc.oneof(fc.nat(0x7f), fc.nat(0xffff), fc.integer({ min: 0xd800, max: 0xdfff }), fc.nat(0x10ffff)).map((code) => String.fromCodePoint(code));
