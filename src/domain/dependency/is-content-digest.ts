/** Bytes that a digest has. */
const bytes: Readonly<Record<string, number>> = { md5: 16, sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64, blake2b: 64 };

/** In the forms in which programs name a digest: of npm and pnpm (Subresource Integrity), of Corepack, of pip and those that write for it. */
const named = /^(md5|sha1|sha224|sha256|sha384|sha512|blake2b)([-.:=])([A-Za-z0-9+/]{1,128}={0,2})(?:\?[\w!-~]{0,200})?$/;

/** Whether a text has exactly the form of a digest, with all of its bytes: programs pass over what is none, and check nothing. */
export function isContentDigest(text: string): boolean {
  const [, algorithm = '', , body = ''] = named.exec(text) ?? [];
  const size = bytes[algorithm];
  if (size === undefined) return /^(?:\w{1,10}\/)?[0-9a-f]{128}$/.test(text) || /^[0-9a-f]{64}$/.test(text);
  const isHex = body.length === size * 2 && /^[0-9a-f]+$/i.test(body);
  return isHex || isBase64(body, size);
}

function isBase64(body: string, size: number): boolean {
  return body.length === Math.ceil(size / 3) * 4 && body.replace(/=+$/, '').length === Math.ceil((size * 8) / 6);
}
