/** The essence of a content type (RFC 9110, section 8.3.1) where it is JSON in UTF-8; null for any other, or none. */
export function jsonTypeOf(header: string | undefined): string | null {
  const [essence = '', ...parameters] = (header ?? '').toLowerCase().split(';').map((part) => part.trim());
  if (!/^application\/(?:[a-z0-9!#$&^_.-]+\+)?json$/.test(essence)) return null;
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  return charset === undefined || /^charset="?utf-8"?$/.test(charset) ? essence : null;
}

/** Types that say what kind of page came instead; others are not repeated, since the service chose the text. */
const plainTypes = ['text/html', 'text/plain', 'text/csv', 'text/xml', 'application/xml', 'application/octet-stream', 'application/yaml', 'application/json', 'application/openmetrics-text'];

export function typeInWords(header: string | undefined): string {
  if (header === undefined) return 'no content type';
  const essence = header.split(';')[0]?.trim().toLowerCase() ?? '';
  return plainTypes.includes(essence) ? `the content type ${essence === 'application/json' ? 'application/json in another encoding than UTF-8' : essence}` : 'another content type';
}
