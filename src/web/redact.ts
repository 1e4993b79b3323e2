/** Installation and personal tokens, JSON web tokens and PEM keys, wherever they turn up. */
const credentials = [
  /\bgh[a-z]_[A-Za-z0-9._-]{20,}/g,
  /\bgithub_pat_[A-Za-z0-9_]{20,}/g,
  /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /(?<=:\/\/[^\s/:@]{0,100}:)[^\s/@]{1,200}(?=@)/g,
] as const;

const longest = 2_000;
const deepest = 6;
const widest = 50;

/** Makes what is logged harmless: no credentials, bounded in length and depth, and on one line for every reader of lines. */
export class Redaction {
  readonly #secrets: string[] = [];

  /** @param secrets Values that must not appear, also not line by line (a key in PEM form). */
  constructor(secrets: readonly string[]) {
    for (const secret of secrets) this.add(secret);
  }

  /** From now on this one must not appear either. */
  add(secret: string): void {
    const lines = [secret, ...secret.split('\n')];
    this.#secrets.push(...lines.filter((line) => line.length >= 8 && !line.startsWith('-----') && !this.#secrets.includes(line)));
  }

  text(text: string): string {
    // Cut with a margin first, for time, and to length last: a cut through a credential would leave its start unrecognised.
    let redacted = text.slice(0, longest * 4);
    for (const secret of this.#secrets) redacted = redacted.replaceAll(secret, '[secret]');
    for (const pattern of credentials) redacted = redacted.replace(pattern, '[secret]');
    const cut = text.length > longest ? `${redacted.slice(0, longest)}… (${text.length} characters)` : redacted;
    return cut.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
  }

  fields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return this.#members(Object.entries(fields), 0);
  }

  #value(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return this.text(value);
    if (typeof value === 'bigint') return value.toString();
    if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`;
    if (typeof value !== 'object' || value === null) return value;
    if (depth >= deepest) return '[deeper]';
    if (value instanceof Error) return this.#error(value, depth);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? '[no date]' : value.toISOString();
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (Array.isArray(value)) return value.slice(0, widest).map((item: unknown) => this.#value(item, depth + 1));
    if (value instanceof Map || value instanceof Set) return `[${value.size} items]`;
    if ('toJSON' in value && typeof value.toJSON === 'function') return this.#value(value.toJSON(), depth + 1);
    return this.#members(Object.entries(value), depth);
  }

  /** Name, code, message, stack and causes; not the members that request libraries hang on, such as whole requests. */
  #error(error: Error, depth: number): unknown {
    return {
      name: error.name,
      message: this.text(error.message),
      ...('code' in error ? { code: this.text(String(error.code)) } : {}),
      ...(error.stack === undefined ? {} : { stack: this.text(error.stack) }),
      ...(error.cause === undefined ? {} : { cause: this.#value(error.cause, depth + 1) }),
    };
  }

  #members(members: readonly (readonly [string, unknown])[], depth: number): Record<string, unknown> {
    return Object.fromEntries(members.slice(0, widest).map(([name, value]) => [this.text(name), this.#value(value, depth + 1)]));
  }
}

/** Tabs and line feeds are left to JSON, which escapes them readably; it would leave U+2028 and C1 controls as they are. */
function escaped(character: string): string {
  return character === '\t' || character === '\n' ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
