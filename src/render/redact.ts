/** Takes out what looks like a credential. A last net: secrets should not get into messages at all. */
export function redact(text: string): string {
  return text
    .replace(/\bgh[a-z]_[A-Za-z0-9._-]{10,}|\bgithub_pat_\w{10,}/g, '[redacted]')
    .replace(/\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g, '[redacted]')
    .replace(/\b(Bearer|Basic|token)\s+[A-Za-z0-9._~+/=-]{10,}/gi, '$1 [redacted]')
    .replace(/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g, '[redacted]')
    .replace(/(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@]+@/gi, '$1[redacted]@');
}
