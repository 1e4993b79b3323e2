import type { PolicySource } from '../../src/domain/probe-request.ts';

/** What a test wrote into the policies that are asked, of a bundle as into one file; none for the built-in rules. */
export function policyTexts(source: PolicySource): readonly { readonly path: string; readonly text: string }[] {
  if (source === null) return [];
  if ('bundle' in source) return [{ path: 'bundle', text: Buffer.from(source.bundle).toString() }];
  return source.map(({ path, bytes }) => ({ path, text: Buffer.from(bytes).toString() }));
}
