/** Kinds of secrets that are a name and a password within an address. */
const inAddresses = /^(?:basicauth|database-connection-string)\//;

/** Names that lead nowhere (RFC 2606, RFC 6761), and this very machine. */
const sampleHost = /^[^@\s]{0,200}@(?:\[::1\]|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|(?:[a-z0-9-]{1,63}\.){0,8}(?:example(?:\.(?:com|net|org))?|test|invalid|localhost))(?![a-z0-9.-])/i;

/** A password for a host of examples, as tests and documents have them, opens nothing. @param text From where it was found on. */
export function isSampleAddress(rule: string, text: string): boolean {
  return inAddresses.test(rule) && sampleHost.test(text);
}
