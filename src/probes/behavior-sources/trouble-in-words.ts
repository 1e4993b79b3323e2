/**
 * Trouble of a connection in our own words, by its code: the library's may repeat what the service sent. A code that is
 * not listed is named by itself if it is one of Node's form.
 */
export function troubleInWords(thrown: unknown): string {
  const code = codeOf(thrown);
  return words.get(code) ?? (code.startsWith('CERT_') || code.includes('_CERT') ? `has a certificate that does not hold (${code})` : /^(?:E[A-Z]{2,20}|ERR_[A-Z0-9_]{1,40}|HPE_[A-Z_]{1,40}|Z_[A-Z_]{1,20})$/.test(code) ? `did not answer (${code})` : 'did not answer');
}

const words: ReadonlyMap<string, string> = new Map([
  ['ENOTFOUND', 'is a name without an address'],
  ['EAI_AGAIN', 'could not be looked up now'],
  ['ENODATA', 'is a name without an address'],
  ['ECONNREFUSED', 'refused the connection'],
  ['ECONNRESET', 'broke the connection off'],
  ['EPIPE', 'broke the connection off'],
  ['ERR_STREAM_PREMATURE_CLOSE', 'broke the connection off'],
  ['EHOSTUNREACH', 'can not be reached'],
  ['ENETUNREACH', 'can not be reached'],
  ['ETIMEDOUT', 'can not be reached'],
  ['HPE_HEADER_OVERFLOW', 'sent headers that are too long'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'has a certificate for another name'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'has a certificate that nobody trusted made'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'has a certificate that nobody trusted made'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'has a certificate that nobody trusted made'],
  ['Z_DATA_ERROR', 'sent gzip that can not be unpacked'],
  ['Z_BUF_ERROR', 'sent gzip that ends early'],
]);

function codeOf(thrown: unknown): string {
  const code: unknown = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : '';
  return typeof code === 'string' ? code : '';
}
